//! Plain data shared by every stage: the ground floor. Nothing here reads a file, a clock or the environment, and nothing
//! here imports a stage.

pub mod article;
pub mod block;
pub mod body;
pub mod code;
pub mod collation;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod digest;
pub mod escape;
pub mod extra;
pub mod failure;
pub mod fitting;
pub mod front_matter;
pub mod image;
pub mod media;
pub mod output;
pub mod page;
pub mod path;
pub mod person;
pub mod published;
pub mod relative;
pub mod report;
pub mod seal;
pub mod section;
pub mod shared;
pub mod site;
pub mod source;
pub mod strings;
pub mod suggest;
pub mod tag;
pub mod target;
pub mod theme;
pub mod view;
pub mod why;
