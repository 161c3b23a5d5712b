//! Byline: a static site generator for article collections.
//!
//! A build runs one pipeline of stages, in this order, and nothing runs against it:
//!
//! ```text
//! read     files                     -> sources          (IO)
//! parse    a source                  -> an article, and what is wrong with it
//! collect  all articles' metadata    -> the site: order, indexes, neighbours, routes, links
//! plan     the site                  -> pages, each with a closed view
//! render   a page and its templates  -> an output
//! write    outputs                   -> the folder `public/`          (IO)
//! ```
//!
//! Stages import [`model`] and nothing else of this crate; [`pipeline`] alone orders them.

#![forbid(unsafe_code)]

mod builtin;
pub mod cli;
pub mod collect;
pub mod darkroom;
pub mod import;
pub mod memo;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod plan;
pub mod publish;
pub mod read;
pub mod render;
pub mod report;
pub mod serve;
pub mod write;
