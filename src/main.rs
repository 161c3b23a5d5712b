//! The `byline` command: hands the arguments over and ends with the exit code.

use std::process::ExitCode;

/// Pages are made of many small values on all threads at once: an allocator for that spares a seventh of a build's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    byline::cli::main()
}
