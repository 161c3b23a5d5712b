//! Publishing to real places: a folder, an archive, a git repository and one behind HTTP, two S3 servers and one behind TLS, a
//! server with sshd and rsync. At each one a first publish, one that changes nothing, one article edited, one removed, a cut after
//! every operation with a resume after it, wrong credentials and a full disk, and a reader who never meets a page whose asset is
//! missing.
//!
//! A peer that is not installed is passed over with a note, unless `CI` or `BYLINE_REQUIRE_SUITES` is set.

#![cfg(target_os = "linux")]

#[path = "../support/command.rs"]
mod command;

mod archive;
mod backend;
mod commands;
mod disk;

mod dir;
mod git;
mod hosts;

mod paper;
mod peer;
mod proxy;

mod reader;

mod s3;
mod server;
mod ssh;
mod tls;
