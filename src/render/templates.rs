//! The templates of a site in their layers: the site's own, then its theme's, then those built in.

use std::collections::BTreeMap;

use tera::{Error, Tera};

use super::closure::{self, Closure};
use super::{fault, filters};
use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark, Noted};
use crate::model::digest::Digest;
use crate::model::page::Page;
use crate::model::path::SitePath;
use crate::model::source::Source;

/// One layer of templates.
pub struct Layer {
    /// What its templates' names begin with; empty for the site's own. `themes/NAME/` or `builtin/` otherwise.
    pub prefix: String,
    /// Its templates: the name within the layer, and the source.
    pub templates: Vec<(String, Source)>,
}

/// All templates, compiled.
pub struct Templates {
    tera: Tera,
    /// By full name.
    closures: BTreeMap<String, Closure>,
    /// By the name as a page or a template may use it.
    digests: BTreeMap<String, Digest>,
    files: BTreeMap<String, SitePath>,
    prefixes: Vec<String>,
}

impl Templates {
    /// Compiles the layers, the topmost first. Every template that is not UTF-8 or not well formed is noted at its place; no page
    /// can be rendered then.
    pub fn compile(layers: &[Layer]) -> Noted<Self> {
        let mut notes = Vec::new();
        let mut sources: Vec<(String, String)> = Vec::new();
        let mut files = BTreeMap::new();
        for layer in layers {
            for (name, source) in &layer.templates {
                let name = format!("{}{name}", layer.prefix);
                files.insert(name.clone(), source.path.clone());
                match std::str::from_utf8(&source.bytes) {
                    Ok(text) => sources.push((name, text.trim_start_matches('\u{feff}').to_owned())),
                    Err(_) => notes.push(
                        Diagnostic::error(Code::Template, "the template is not UTF-8")
                            .at(Mark::file(&source.path))
                            .hint("save it as UTF-8"),
                    ),
                }
            }
        }
        let prefixes: Vec<String> = layers.iter().map(|layer| layer.prefix.clone()).collect();
        let closures = closure::closures(&sources, &prefixes);
        let digests = by_short_name(&closures, &prefixes);
        let mut own = Self { tera: engine(layers), closures, digests, files, prefixes };
        notes.extend(own.check_syntax(&mut sources));
        if let Err(error) = own.tera.add_raw_templates(sources.iter().map(|(name, text)| (name, text))) {
            let of_set = fault::of_set(&error, &own.files, &sources);
            // Beside a template that cannot be read, what others miss of it is no fault of theirs.
            let partial = !notes.is_empty();
            notes.extend(of_set.into_iter().filter(|fault| !partial || fault::is_local(fault)));
        }
        Noted { value: own, diagnostics: notes }
    }

    /// Tera stops at the first template that it cannot read: read each alone, so that all faults come out together. Those that
    /// cannot be read are emptied.
    fn check_syntax(&self, sources: &mut [(String, String)]) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        for (name, text) in sources {
            let Err(error) = Tera::new().add_raw_template(name, text) else { continue };
            if matches!(error.kind(), tera::ErrorKind::SyntaxError(_)) {
                notes.push(fault::of_one(&error, &self.files));
                text.clear();
            }
        }
        notes
    }

    /// The digest of everything that the template of this name reaches; of nothing, where there is no such template.
    pub fn digest(&self, name: &str) -> Digest {
        self.digests.get(name).copied().unwrap_or_default()
    }

    fn closure(&self, name: &str) -> Option<&Closure> {
        self.prefixes.iter().find_map(|prefix| self.closures.get(&format!("{prefix}{name}")))
    }

    /// The full names of all templates that the template of this name reaches, itself included.
    pub fn reached(&self, name: &str) -> &[String] {
        self.closure(name).map_or(&[], |closure| &closure.reached)
    }

    /// All templates by full name, each with the digest of its own text.
    pub fn all(&self) -> impl Iterator<Item = (&str, Digest)> {
        self.closures.iter().map(|(name, closure)| (name.as_str(), closure.own))
    }

    /// The file of the template of a full name.
    pub fn file_of(&self, full: &str) -> Option<&SitePath> {
        self.files.get(full)
    }

    /// What a full name begins with, by its layer; empty for the site's own.
    pub fn layer_of(&self, full: &str) -> &str {
        let prefixes = self.prefixes.iter().filter(|prefix| full.starts_with(prefix.as_str()));
        prefixes.max_by_key(|prefix| prefix.len()).map_or("", String::as_str)
    }

    /// The place of a full name's layer, the topmost being 0.
    pub fn depth_of(&self, full: &str) -> usize {
        let layer = self.layer_of(full);
        self.prefixes.iter().position(|prefix| prefix == layer).unwrap_or(self.prefixes.len())
    }

    /// Whether some layer has a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.file(name).is_some()
    }

    /// The file of the template that a name leads to: the uppermost layer's.
    pub fn file(&self, name: &str) -> Option<&SitePath> {
        self.prefixes.iter().find_map(|prefix| self.files.get(&format!("{prefix}{name}")))
    }

    /// The names of all templates as a page may use them.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| name.rsplit('/').next().unwrap_or(name))
    }

    pub(super) fn tera(&self) -> &Tera {
        &self.tera
    }

    /// A page that grew past all bounds in a template.
    pub(super) fn grown(&self, name: &str, page: &Page) -> Diagnostic {
        let message = format!("the page {} grew past 64 MB in the template `{name}`", page.url);
        let fault = Diagnostic::error(Code::Limit, message).hint("look for a loop without an end in the template");
        match self.file(name) {
            Some(path) => fault.at(Mark::file(path)),
            None => fault,
        }
    }

    /// What went wrong while rendering a page.
    pub(super) fn fault(&self, error: &Error, page: &Page) -> Diagnostic {
        let mut fault = fault::of_page(error, &self.files, page);
        if fault.mark.is_none() {
            fault.mark = page.template.as_deref().and_then(|name| self.file(name)).map(Mark::file);
            fault.hint = fault
                .hint
                .or_else(|| Some("look at this template, and at those that it extends and includes".to_owned()));
        }
        fault
    }
}

/// Digests by the names that lead to them: that of the uppermost layer which has a template of the name.
fn by_short_name(closures: &BTreeMap<String, Closure>, prefixes: &[String]) -> BTreeMap<String, Digest> {
    let mut reached = BTreeMap::new();
    for prefix in prefixes.iter().rev() {
        let digest =
            |(name, closure): (&String, &Closure)| Some((name.strip_prefix(prefix)?.to_owned(), closure.whole));
        reached.extend(closures.iter().filter_map(digest));
    }
    reached
}

/// An engine with our filters and with the lower layers as fallbacks.
fn engine(layers: &[Layer]) -> Tera {
    let mut tera = Tera::new();
    // Whatever a template is named: text is text.
    tera.autoescape_on([""]);
    let prefixes: Vec<String> =
        layers.iter().filter(|layer| !layer.prefix.is_empty()).map(|layer| layer.prefix.clone()).collect();
    // Fails only once templates were added.
    tera.set_fallback_prefixes(prefixes).expect("no template was added yet");
    filters::register(&mut tera);
    tera
}
