//! How a site's own templates and themes sit: what each costs, and what they expect that the layers below, the views or the
//! theme no longer have. The site is read, collected and planned as a build would do it, and nothing is written.

mod blocks;
mod reads;
mod sheets;
mod wardrobe;

use std::collections::BTreeMap;

use super::cache::Cache;
use super::{Ready, Request, Stop, Unobserved, dress, prepare, settings, sound, why};
use crate::builtin;
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::fitting::{Effect, Fitting, LayerLine, Override, QueryCost};
use crate::model::report::Report;
use crate::model::source::{Inputs, Source};
use crate::model::suggest::nearest;
use crate::model::theme::THEME_API;
use crate::parse;
use crate::read;
use crate::render::Layer;

use wardrobe::{Garment, Wardrobe};

/// Looks at the site's templates and themes. The report has what is wrong with them, and with nothing else; the answer is `None`
/// where errors leave nothing to look at.
///
/// # Errors
/// The machine failed.
pub fn fitting(request: &Request, report: &mut Report) -> Result<Option<Fitting>, Stop> {
    let mut cache = Cache::look(&request.root.join(".byline"));
    let (read, _) = read::site(&request.root, &cache.stats()).map_err(Stop::Machine)?;
    let inputs = read.value.clone();
    let ready = settings(request, &read.value, report).and_then(|settings| {
        let dress = dress::put_on(&request.root, &inputs, &settings.config).value;
        let ready = prepare(request, settings, read.value, &mut cache, &Unobserved, report)?;
        Ok((dress, ready))
    });
    let (dress, ready) = match ready {
        Ok(ready) => ready,
        Err(Stop::Site) => return Ok(None),
        Err(stop) => return Err(stop),
    };
    let incomplete = report.diagnostics.iter().any(|note| note.is_error() && !concerns(note));
    report.diagnostics.retain(concerns);
    let wardrobe = Wardrobe::new(&dress.layers, &ready.pages, &ready.templates, &ready.site);
    let fitting = Fitting {
        layers: layers(&dress.layers, &inputs),
        pages: ready.pages.iter().filter(|page| page.template.is_some()).count(),
        overrides: wardrobe.own().map(|garment| entry(garment, &wardrobe, &ready)).collect(),
        queries: queries(&dress.layers, &inputs, &ready),
        incomplete,
    };
    report.diagnostics.extend(unused(&wardrobe));
    report.diagnostics.extend(blocks::hidden(&wardrobe));
    report.diagnostics.extend(reads::unknown(&wardrobe, &dress));
    report.diagnostics.extend(sheets::strangers(&request.root, &inputs, &dress).map_err(Stop::Machine)?);
    // Whether warnings are errors is asked; that there are errors shows in the report.
    let _ = sound(request, report);
    Ok(Some(fitting))
}

/// Whether something that was noticed is a matter of themes and templates.
fn concerns(note: &Diagnostic) -> bool {
    let dressing = ["templates", "themes", "builtin", "static"];
    let there = note.mark.as_ref().is_some_and(|mark| dressing.iter().any(|top| mark.path.below(top).is_some()));
    let settings = note.mark.as_ref().is_some_and(|mark| mark.path.as_str() == "site.yaml");
    there || settings || matches!(note.code, Code::Theme | Code::Template)
}

fn layers(layers: &[Layer], inputs: &Inputs) -> Vec<LayerLine> {
    let line = |layer: &Layer| {
        let theme = layer.prefix.strip_prefix("themes/").map(|name| name.trim_end_matches('/'));
        let own = theme.is_none_or(|name| inputs.themes.iter().any(|theme| theme.name == name));
        LayerLine {
            name: if layer.prefix.is_empty() { "templates/".to_owned() } else { layer.prefix.clone() },
            owner: if own && layer.prefix != "builtin/" { "the site's own" } else { "bundled with Byline" },
            api: theme.map(|_| THEME_API),
            templates: layer.templates.len(),
        }
    };
    layers.iter().map(line).collect()
}

fn entry(garment: &Garment, wardrobe: &Wardrobe, ready: &Ready) -> Override {
    let below = wardrobe.below(garment);
    let base = garment.outline.extends.and_then(|name| wardrobe.find(name));
    let effect = match (below, base) {
        // Beside one of its own name, what a template lies on is what its blocks are held against.
        (_, Some(base)) if below.is_none_or(|below| wardrobe.chain(garment).any(|one| one.full == below.full)) => {
            let lower: Vec<&Garment> = wardrobe.chain(garment).skip(1).collect();
            let has = |name: &str| lower.iter().any(|one| one.outline.blocks.iter().any(|block| block.name == name));
            let own = garment.outline.blocks.iter().map(|block| block.name).filter(|name| has(name));
            Effect::Changes(base.path.to_string(), own.map(str::to_owned).collect())
        }
        (Some(below), _) => Effect::Replaces(below.path.to_string()),
        (None, _) => Effect::Adds,
    };
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for page in &garment.pages {
        *kinds.entry(why::kind_name(&ready.site, &page.what).to_owned()).or_default() += 1;
    }
    let mut pages: Vec<(String, usize)> = kinds.into_iter().collect();
    pages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Override { path: garment.path.to_string(), effect, pages }
}

/// Templates that make no page and that no template names.
fn unused(wardrobe: &Wardrobe) -> Vec<Diagnostic> {
    let idle = wardrobe.own().filter(|garment| garment.pages.is_empty() && !wardrobe.is_named(garment));
    let note = |garment: &Garment| {
        let lower: Vec<&str> = wardrobe.names_below(garment).filter(|name| *name != garment.name).collect();
        let hint = match nearest(garment.name, lower) {
            Some(name) if wardrobe.below(garment).is_none() => format!("did you mean `{name}`?"),
            _ if garment.in_block => "no article has such a block: remove it, unless one will".to_owned(),
            _ => "no page of this site is made by it: remove it, unless one will be".to_owned(),
        };
        Diagnostic::warning(Code::Template, "nothing uses this template").at(Mark::file(garment.path)).hint(hint)
    };
    idle.map(note).collect()
}

/// The queries of the theme and of those below it: of equal names, the uppermost counts.
fn queries(layers: &[Layer], inputs: &Inputs, ready: &Ready) -> Vec<QueryCost> {
    let mut found: Vec<QueryCost> = Vec::new();
    for name in layers.iter().filter_map(|layer| layer.prefix.strip_prefix("themes/")) {
        let name = name.trim_end_matches('/');
        let own = inputs.themes.iter().find(|theme| theme.name == name).cloned();
        let Some(folder) = own.or_else(|| builtin::theme(name)) else { continue };
        let Some(source) = folder.sources.iter().find(|source| source.path.name() == "theme.yaml") else { continue };
        for query in parse::theme::parse(source).value.into_iter().flat_map(|file| file.queries) {
            if !found.iter().any(|known| known.name == query.name) {
                found.push(cost(query.name, query.on, source, ready));
            }
        }
    }
    found
}

fn cost(name: String, on: Vec<String>, source: &Source, ready: &Ready) -> QueryCost {
    let mark = parse::config::key_mark(source, &["queries", &name]);
    let kinds = ready.pages.iter().map(|page| why::kind_name(&ready.site, &page.what));
    let holding: Vec<&str> = kinds.filter(|kind| on.iter().any(|wanted| wanted == kind)).collect();
    let articles = holding.iter().filter(|kind| matches!(**kind, "article" | "page")).count();
    QueryCost { name, mark, pages: holding.len(), articles, on }
}
