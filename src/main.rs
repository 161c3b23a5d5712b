//! The `byline` command: hands the arguments over and ends with the exit code.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A build makes many small values on all threads at once; the system's own allocator takes a tenth of its time for them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    byline::cli::main()
}
