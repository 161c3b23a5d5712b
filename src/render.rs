//! A page and its templates to an output. Pure: the same view and the same templates give the same bytes.

mod blocks;
mod closure;
mod fault;
mod filters;
mod json_feed;
pub mod outline;
mod search;
mod sitemap;
pub mod stylesheet;
mod templates;
mod tidy;

use std::io::Write;

use tera::Context;

pub use blocks::template as block_template;
pub use templates::{Layer, Templates};

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::digest::Digest;
use crate::model::escape;
use crate::model::output::{Content, Output};
use crate::model::page::Page;
use crate::model::view::View;

/// The largest page that a template may make, in bytes: an endless loop stops here.
const PAGE_LIMIT: usize = 64 * 1024 * 1024;

/// The key of a page's output: everything that its bytes depend on.
pub fn key(engine: Digest, templates: &Templates, page: &Page, view: &View) -> Digest {
    let template = page.template.as_deref().map_or(Digest::default(), |name| templates.digest(name));
    Digest::join(&[engine, template, Digest::of_value(view)])
}

/// Renders one page: its blocks first, into the bodies that its view holds, then the page itself.
///
/// # Errors
/// A template that is missing or that fails for this view: the diagnostic names the template, the place in it, and the page.
pub fn page(templates: &Templates, page: &Page, view: &mut View, key: Digest) -> Result<Output, Box<Diagnostic>> {
    blocks::place(templates, page, view)?;
    let bytes = match &*view {
        View::Sitemap(sitemap) => sitemap::write(sitemap).into_bytes(),
        View::Text(text) => text.text.clone().into_bytes(),
        View::JsonFeed(feed) => json_feed::write(feed).into_bytes(),
        View::SearchStatistics(view) => search::statistics(view).into_bytes(),
        View::SearchDocuments(view) => search::documents(view).into_bytes(),
        View::SearchTerms(view) => search::terms(view).into_bytes(),
        View::SearchTexts(view) => search::texts(view).into_bytes(),
        view => templated(templates, page, view)?,
    };
    Ok(Output { path: page.url.out_path(), content: Content::Bytes(bytes), key, stage: page.stage })
}

/// A diagnostic for an article or section that names a template which no layer has.
pub fn missing_template(templates: &Templates, name: &str, mark: Mark) -> Option<Diagnostic> {
    if templates.has(name) {
        return None;
    }
    let near = crate::model::suggest::nearest(name, templates.names());
    let hint = near.map_or_else(|| format!("put it into templates/{name}"), |near| format!("did you mean `{near}`?"));
    Some(Diagnostic::error(Code::Template, format!("there is no template `{name}`")).at(mark).hint(hint))
}

fn templated(templates: &Templates, page: &Page, view: &View) -> Result<Vec<u8>, Box<Diagnostic>> {
    let name = page.template.as_deref().unwrap_or_default();
    let context = context(view).map_err(|error| Box::new(templates.fault(&error, page)))?;
    let mut bounded = Bounded { bytes: Vec::with_capacity(16 * 1024) };
    match templates.tera().render_to(name, &context, &mut bounded) {
        Ok(()) if name.ends_with(".xml") => Ok(carried_by_xml(bounded.bytes)),
        Ok(()) => Ok(String::from_utf8(bounded.bytes)
            .map_or_else(std::string::FromUtf8Error::into_bytes, |html| tidy::tidy(html).into_bytes())),
        Err(_) if bounded.is_full() => Err(Box::new(templates.grown(name, page))),
        Err(error) => Err(Box::new(templates.fault(&error, page))),
    }
}

/// Takes out what XML cannot carry even escaped: control characters that an article may hold.
fn carried_by_xml(bytes: Vec<u8>) -> Vec<u8> {
    let bare = |bytes: &[u8]| bytes.iter().any(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'));
    match String::from_utf8(bytes) {
        Ok(text) if bare(text.as_bytes()) || text.contains(['\u{7f}', '\u{fffe}', '\u{ffff}']) => {
            text.chars().filter(|c| escape::is_xml(*c)).collect::<String>().into_bytes()
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// A view as a template's variables.
fn context(view: &View) -> Result<Context, tera::Error> {
    match view {
        View::Home(view) => Context::from_serialize(view),
        View::Article(view) => Context::from_serialize(view),
        View::Section(view) => Context::from_serialize(view),
        View::Tag(view) => Context::from_serialize(view),
        View::Author(view) => Context::from_serialize(view),
        View::Index(view) => Context::from_serialize(view),
        View::Term(view) => Context::from_serialize(view),
        View::Archive(view) => Context::from_serialize(view),
        View::Year(view) => Context::from_serialize(view),
        View::Month(view) => Context::from_serialize(view),
        View::Day(view) => Context::from_serialize(view),
        View::NotFound(view) => Context::from_serialize(view),
        View::Redirect(view) => Context::from_serialize(view),
        View::Feed(view) | View::JsonFeed(view) => Context::from_serialize(view),
        View::Sitemap(view) => Context::from_serialize(view),
        View::Text(view) => Context::from_serialize(view),
        View::Search(view) => Context::from_serialize(view),
        View::SearchStatistics(view) => Context::from_serialize(view),
        View::SearchDocuments(view) => Context::from_serialize(view),
        View::SearchTerms(view) => Context::from_serialize(view),
        View::SearchTexts(view) => Context::from_serialize(view),
    }
}

/// A writer that refuses to grow past [`PAGE_LIMIT`].
struct Bounded {
    bytes: Vec<u8>,
}

impl Bounded {
    fn is_full(&self) -> bool {
        self.bytes.len() >= PAGE_LIMIT
    }
}

impl Write for Bounded {
    fn write(&mut self, part: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + part.len() > PAGE_LIMIT {
            self.bytes.resize(PAGE_LIMIT, b' ');
            return Err(std::io::Error::other("the page grew too large"));
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
