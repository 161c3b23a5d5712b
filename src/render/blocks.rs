//! Blocks in their places: each is shown by the template of its kind, `blocks/KIND.html`, and its HTML goes into the body.

use tera::{Context, Map, Value, value::Key};

use super::{Bounded, PAGE_LIMIT, Templates};
use crate::model::code::Code;
use crate::model::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::model::shared::Shared;
use crate::model::strings::Strings;
use crate::model::view::View;
use crate::model::view::body::{BlockView, BodyView, DatumView};

/// The name of the template that shows a kind of block.
pub fn template(kind: &str) -> String {
    format!("blocks/{kind}.html")
}

/// Puts all blocks of a page in their places.
///
/// # Errors
/// A template that fails for the data of a block.
pub(super) fn place(templates: &Templates, page: &Page, view: &mut View) -> Result<(), Box<Diagnostic>> {
    let fill = |body: &mut BodyView, in_feed: bool| {
        if body.blocks.is_empty() { Ok(()) } else { fill(templates, page, body, in_feed) }
    };
    match view {
        View::Home(view) => fill(&mut view.body, false),
        View::Section(view) => fill(&mut view.section.body, false),
        View::Article(view) => view.article.body.value_mut().map_or(Ok(()), |body| fill(body, false)),
        View::Feed(view) | View::JsonFeed(view) => {
            let contents = view.entries.iter_mut().filter_map(|entry| entry.content.as_mut()?.value_mut());
            contents.into_iter().try_for_each(|body| fill(body, true))
        }
        _ => Ok(()),
    }
}

fn fill(templates: &Templates, page: &Page, body: &mut BodyView, in_feed: bool) -> Result<(), Box<Diagnostic>> {
    let mut html = String::with_capacity(body.html.len() * 2);
    let mut from = 0;
    for block in body.blocks.drain(..) {
        html.push_str(&body.html[from..block.at]);
        from = block.at;
        html.push_str(show(templates, page, &block, (&body.strings, in_feed))?.trim());
        if html.len() > PAGE_LIMIT {
            let message = format!("the blocks of the page {} grew past 64 MB", page.url);
            return Err(Box::new(Diagnostic::error(Code::Limit, message).hint("look at the templates of its blocks")));
        }
    }
    html.push_str(&body.html[from..]);
    body.html = html;
    Ok(())
}

/// One block as HTML.
fn show(
    templates: &Templates,
    page: &Page,
    block: &BlockView,
    (strings, in_feed): (&Option<Shared<Strings>>, bool),
) -> Result<String, Box<Diagnostic>> {
    let mut context = Context::new();
    context.insert_value("block", map(&block.data));
    context.insert("strings", strings);
    context.insert("in_feed", &in_feed);
    let name = template(&block.kind);
    let mut bounded = Bounded { bytes: Vec::with_capacity(1024) };
    match templates.tera().render_to(&name, &context, &mut bounded) {
        // A template's output is text: it is made of text alone.
        Ok(()) => Ok(String::from_utf8_lossy(&bounded.bytes).into_owned()),
        Err(_) if bounded.is_full() => Err(Box::new(templates.grown(&name, page))),
        Err(error) => Err(Box::new(templates.fault(&error, page))),
    }
}

fn map(data: &[(Box<str>, DatumView)]) -> Value {
    let entry = |(name, value): &(Box<str>, DatumView)| (Key::from(name.to_string()), of(value));
    Value::from(data.iter().map(entry).collect::<Map>())
}

/// A value as templates take it. What is HTML is known as such, so that no template has to vouch for it.
fn of(value: &DatumView) -> Value {
    match value {
        DatumView::None => Value::none(),
        DatumView::Bool(value) => Value::from(*value),
        DatumView::Integer(value) => Value::from(*value),
        DatumView::Number(value) => Value::from(*value),
        DatumView::Text(text) => Value::normal_string(text),
        DatumView::Picture(picture) => Value::from_serializable(picture),
        DatumView::Html(html) => Value::safe_string(html),
        DatumView::List(items) => Value::from(items.iter().map(of).collect::<Vec<_>>()),
        DatumView::Map(entries) => map(entries),
    }
}
