//! Bytes to values, purely: every file format that a site is written in. What is wrong is returned beside the value.

pub mod article;
pub mod block;
pub mod config;
pub mod data;
pub mod date;
mod draft;
pub mod encoding;
pub mod excerpt;
pub mod fields;
pub mod front_matter;
pub mod highlight;
pub mod html;
pub mod json;
pub mod markdown;
pub mod node;
pub mod people;
pub mod plain_text;
pub mod prose;
pub mod section;
pub mod strings;
pub mod theme;
pub mod toml;
pub mod vocabulary;
pub mod words;
pub mod yaml;
