//! The dress of a site: its theme and that theme's parents, from files to template layers, strings, options, queries and static
//! files.

use std::collections::BTreeMap;
use std::path::Path;

use super::{blocks, lexicon, stylesheets};
use crate::builtin;
use crate::model::block::BlockKind;
use crate::model::code::Code;
use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::path::{OutPath, SitePath, Url};
use crate::model::site::Placed;
use crate::model::source::{Asset, Inputs, Source, ThemeFolder};
use crate::model::strings::Lexicon;
use crate::model::suggest;
use crate::model::theme::{Query, ThemeFile, ThemeOption, ThemeValues};
use crate::parse;
use crate::render::Layer;

/// How many themes may stand upon each other.
const DEPTH: usize = 8;

/// Everything that the theme contributes to a build.
#[derive(Default)]
pub struct Dress {
    /// Template layers, the topmost first.
    pub layers: Vec<Layer>,
    /// The kinds of blocks that they show, by name.
    pub blocks: Vec<BlockKind>,
    /// The theme's options, each with a value.
    pub options: ThemeValues,
    /// The theme's queries.
    pub queries: Vec<Query>,
    /// What pages say, by language.
    pub lexicon: Lexicon,
    /// Static files of the site and of the theme, with their places.
    pub statics: Vec<Placed>,
    /// The link to each static file of the theme, by its path there.
    pub assets: BTreeMap<String, String>,
}

/// Puts the layers together, for the site in `root`.
pub fn put_on(root: &Path, inputs: &Inputs, config: &Config) -> Noted<Dress> {
    let mut notes = Vec::new();
    let chain = chain(inputs, config, &mut notes);
    let mut dress = Dress::default();
    dress.layers.push(own_layer(inputs));
    let mut options: Vec<ThemeOption> = Vec::new();
    for (folder, file) in &chain {
        dress.layers.push(layer(folder));
        for option in &file.options {
            if !options.iter().any(|known| known.name == option.name) {
                options.push(option.clone());
            }
        }
        for query in &file.queries {
            if !dress.queries.iter().any(|known| known.name == query.name) {
                dress.queries.push(query.clone());
            }
        }
    }
    dress.layers.push(Layer { prefix: "builtin/".to_owned(), templates: builtin::templates() });
    dress.blocks = blocks::take(&mut dress.layers, &mut notes);
    let lexicon = lexicon::gather(inputs, chain.iter().map(|(folder, _)| folder));
    notes.extend(lexicon.diagnostics);
    dress.lexicon = lexicon.value;
    let checked = parse::theme::check_options(&options, &config.theme_options, |option| {
        key_mark(inputs, &["theme_options", option])
    });
    notes.extend(checked.diagnostics);
    dress.options = checked.value;
    place(root, inputs, &chain, config, &mut dress, &mut notes);
    Noted { value: dress, diagnostics: notes }
}

/// Where site.yaml says something.
fn key_mark(inputs: &Inputs, keys: &[&str]) -> Mark {
    let source = inputs.config.as_ref();
    source.map_or_else(|| Mark::file(&SitePath::new("site.yaml")), |source| parse::config::key_mark(source, keys))
}

/// The theme that site.yaml names, then its parents.
fn chain(inputs: &Inputs, config: &Config, notes: &mut Vec<Diagnostic>) -> Vec<(ThemeFolder, ThemeFile)> {
    let mut chain: Vec<(ThemeFolder, ThemeFile)> = Vec::new();
    let mut wanted = Some((config.theme.clone(), key_mark(inputs, &["theme"])));
    while let Some((name, mark)) = wanted.take() {
        if chain.len() == DEPTH || chain.iter().any(|(folder, _)| folder.name == name) {
            let message =
                format!("the theme `{name}` stands upon itself, or more than {DEPTH} themes stand upon each other");
            notes.push(Diagnostic::error(Code::Theme, message).at(mark).hint("change `parent:` in its theme.yaml"));
            break;
        }
        let own = inputs.themes.iter().find(|theme| theme.name == name).cloned();
        let Some(folder) = own.or_else(|| builtin::theme(&name)) else {
            notes.push(missing(&name, inputs, mark));
            break;
        };
        let file = folder.sources.iter().find(|source| source.path.name() == "theme.yaml");
        let Some(source) = file else {
            let message = format!("the theme `{name}` has no theme.yaml");
            notes
                .push(Diagnostic::error(Code::Theme, message).at(mark).hint(format!("write themes/{name}/theme.yaml")));
            break;
        };
        let parsed = parse::theme::parse(source);
        let at = Mark::file(&source.path);
        notes.extend(parsed.diagnostics);
        let Some(file) = parsed.value else { break };
        wanted = file.parent.clone().map(|parent| (parent, at));
        chain.push((folder, file));
    }
    chain
}

fn missing(name: &str, inputs: &Inputs, mark: Mark) -> Diagnostic {
    let own: Vec<&str> = inputs.themes.iter().map(|theme| theme.name.as_str()).collect();
    let known = own.into_iter().chain(builtin::theme_names());
    let hint = suggest::nearest(name, known).map_or_else(
        || format!("put it into themes/{name}/, or remove the key"),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::error(Code::Theme, format!("there is no theme `{name}`")).at(mark).hint(hint)
}

/// The site's own templates. One that equals the built-in one of its name changes nothing, and so does not hide the theme's:
/// the built-in templates themselves lie in such a folder.
fn own_layer(inputs: &Inputs) -> Layer {
    let builtin = builtin::templates();
    let copied = |name: &str, source: &Source| {
        builtin.iter().any(|(known, original)| known == name && original.digest == source.digest)
    };
    let own = inputs.templates.iter().filter_map(|source| Some((source.path.below("templates")?.to_owned(), source)));
    let templates = own.filter(|(name, source)| !copied(name, source)).map(|(name, source)| (name, source.clone()));
    Layer { prefix: String::new(), templates: templates.collect() }
}

fn layer(folder: &ThemeFolder) -> Layer {
    let name = |path: &SitePath| Some(path.as_str().split_once("/templates/")?.1.to_owned());
    let templates = folder.sources.iter().filter_map(|source| Some((name(&source.path)?, source.clone())));
    Layer { prefix: format!("themes/{}/", folder.name), templates: templates.collect() }
}

/// Gives static files their places. A file of the site's own hides one of the theme's; stylesheets and scripts of the theme
/// bear a fingerprint, so that hosts may tell browsers to keep them for good. Of a site's own files, each keeps its name and its bytes.
fn place(
    root: &Path,
    inputs: &Inputs,
    chain: &[(ThemeFolder, ThemeFile)],
    config: &Config,
    dress: &mut Dress,
    notes: &mut Vec<Diagnostic>,
) {
    let own = |asset: &Asset| asset.path.below("static").map(str::to_owned);
    for asset in &inputs.statics {
        let Some(name) = own(asset) else { continue };
        match OutPath::new(&name) {
            Ok(out) => dress.statics.push(Placed { out, asset: asset.clone(), stripped: false }),
            Err(fault) => notes.push(unpublishable(asset, &fault)),
        }
    }
    let of_themes = chain.iter().flat_map(|(folder, _)| &folder.statics);
    let of_themes = of_themes.filter_map(|asset| Some((asset.path.as_str().split_once("/static/")?.1, asset)));
    let script = config.search.map(|_| builtin::search_script());
    for (name, asset) in of_themes.chain(script.iter().map(|(name, asset)| (*name, asset))) {
        if dress.assets.contains_key(name) {
            continue;
        }
        let hiding = inputs.statics.iter().find(|site| own(site).as_deref() == Some(name));
        let asset = &stylesheets::minified(root, hiding.unwrap_or(asset), notes);
        let printed = fingerprinted(name, asset);
        let (Ok(out), Ok(url)) = (OutPath::new(&printed), Url::from_decoded(&printed)) else {
            if let Err(fault) = OutPath::new(&printed) {
                notes.push(unpublishable(asset, &fault));
            }
            continue;
        };
        dress.assets.insert(name.to_owned(), config.base.href(&url));
        if hiding.is_none() || printed != name {
            dress.statics.push(Placed { out, asset: asset.clone(), stripped: false });
        }
    }
}

fn fingerprinted(name: &str, asset: &Asset) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension @ ("css" | "js"))) => format!("{stem}-{}.{extension}", asset.digest.short()),
        _ => name.to_owned(),
    }
}

fn unpublishable(asset: &Asset, fault: &crate::model::path::PathFault) -> Diagnostic {
    Diagnostic::error(Code::Path, format!("the file cannot be published: {fault}"))
        .at(Mark::file(&asset.path))
        .hint("rename it")
}
