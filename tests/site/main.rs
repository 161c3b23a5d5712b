//! Sites as their readers and authors see them: files in, files out, one module for each feature.

#[path = "../support/mod.rs"]
mod support;

mod acceptance;
mod again;
mod any_site;
mod article_page;
mod articles;
mod assets;
mod blocks;
mod cascade;
mod feeds;
mod hidden;
mod images;
mod links;
mod lists;
mod outputs;
mod people;
mod rebuild;
mod strings;
mod tags;
