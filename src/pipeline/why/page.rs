//! What is behind one page: its sources, its templates, the queries and data in its view, and what the last builds did.

use super::Desk;
use super::kind::{kind, listed};
use crate::memo::{Known, short};
use crate::model::diagnostic::Mark;
use crate::model::page::{Page, What};
use crate::model::path::{OutPath, SitePath};
use crate::model::section::SectionFile;
use crate::model::shared::Depth;
use crate::model::site::{Article, ArticleId};
use crate::model::view::View;
use crate::model::why::{Origin, PageAnswer, Reason, Rendered, TemplateOrigin};
use crate::pipeline::parts;
use crate::plan::data_names;
use crate::{builtin, render};

impl Desk<'_> {
    /// What is behind some pages.
    pub(super) fn pages(&mut self, places: &[usize]) -> Vec<PageAnswer> {
        let outs: Vec<OutPath> = places.iter().map(|at| self.ready.pages[*at].url.out_path()).collect();
        let wanted: Vec<&OutPath> = outs.iter().collect();
        let known = self.parts.as_mut().and_then(|parts| parts.find(&wanted).ok());
        let known = known.unwrap_or_else(|| vec![None; places.len()]);
        places.iter().zip(known).map(|(at, known)| self.page(&self.ready.pages[*at], known)).collect()
    }

    fn page(&self, page: &Page, known: Option<Known>) -> PageAnswer {
        let view = self.views.view(page, Depth::Compared);
        let mut queries = Vec::new();
        view.visit(&mut |prefix, name, _| {
            if prefix == "query." {
                queries.push(name.to_owned());
            }
        });
        let site = &self.ready.site;
        let section = match &page.what {
            What::Article(id) => site.article(*id).section,
            What::Section(id, _) => Some(*id),
            _ => None,
        };
        let data = data_names(site, &page.what);
        let last = self.parts.as_ref().map_or(0, |parts| parts.build());
        PageAnswer {
            url: page.url.to_string(),
            output: self.output_file(&page.url.out_path()),
            kind: kind(site, &view, &page.what),
            sources: self.sources(page),
            articles: listed(&view),
            section: section.map(|id| site.sections[id.index()].path.clone()),
            templates: page.template.as_deref().map_or_else(Vec::new, |name| self.templates(name)),
            queries,
            data: data.iter().filter_map(|name| self.files.data(name)).map(ToString::to_string).collect(),
            due: self.due(page, &view, known.as_ref()),
            rendered: match known {
                None => Rendered::Never,
                Some(known) if known.build == last => Rendered::Last(known.reason),
                Some(known) => Rendered::Before(last.saturating_sub(known.build), known.reason),
            },
        }
    }

    /// A file of the output, from the site's folder where it lies there.
    pub(super) fn output_file(&self, out: &OutPath) -> String {
        let file = self.request.output.join(out.as_str());
        file.strip_prefix(&self.request.root).unwrap_or(&file).display().to_string()
    }

    /// Why the next build would render a page.
    fn due(&self, page: &Page, view: &View, known: Option<&Known>) -> Option<Reason> {
        self.parts.as_ref()?;
        let Some(known) = known else { return Some(Reason::New) };
        if !self.request.output.join(page.url.out_path().as_str()).is_file() {
            return Some(Reason::Gone);
        }
        let key = render::key(builtin::engine(), &self.ready.templates, page, view);
        if short(key) == known.key {
            return None;
        }
        let fields = view.fields();
        let shape = parts::shape(page, &fields.names);
        Some(self.changes.of((&known.shape, &known.checks), (&shape, &fields.checks)))
    }

    /// The templates that a page reaches, its own first, each name from the uppermost layer down.
    fn templates(&self, name: &str) -> Vec<TemplateOrigin> {
        let templates = &self.ready.templates;
        let origin = |full: &String| {
            let prefix = templates.layer_of(full);
            let name = full.strip_prefix(prefix).unwrap_or(full).to_owned();
            let path = templates.file_of(full).map_or_else(|| full.clone(), ToString::to_string);
            TemplateOrigin { name, layer: self.layer(full), path }
        };
        let mut all: Vec<(usize, TemplateOrigin)> =
            templates.reached(name).iter().map(|full| (templates.depth_of(full), origin(full))).collect();
        all.sort_by(|(a_depth, a), (b_depth, b)| {
            (a.name != name, &a.name, a_depth).cmp(&(b.name != name, &b.name, b_depth))
        });
        all.into_iter().map(|(_, origin)| origin).collect()
    }

    /// The files that a page is made from.
    fn sources(&self, page: &Page) -> Vec<Origin> {
        let site = &self.ready.site;
        let file = |path: &SitePath, what: &str| Origin { place: path.to_string(), what: what.to_owned() };
        match &page.what {
            What::Article(id) => self.of_article(site.article(*id)),
            What::Home(_) => site.home.iter().map(|home| file(&home.path, "the text of the front page")).collect(),
            What::Section(id, _) => {
                let own = site.sections[id.index()].file.iter();
                own.map(|own| file(&own.path, "the text of the section")).collect()
            }
            What::Tag(id, _) => self.tag(&site.tags[id.index()].name).into_iter().collect(),
            What::Author(id, _) => {
                let person = site.authors[id.index()].person.iter();
                person.map(|person| at(&person.mark, format!("the author {}", person.name))).collect()
            }
            What::Redirect(at) => {
                let redirect = &site.redirects[*at];
                vec![file(&redirect.source, &format!("it gives this as a former address of {}", redirect.to))]
            }
            _ => Vec::new(),
        }
    }

    fn of_article(&self, article: &Article) -> Vec<Origin> {
        let site = &self.ready.site;
        let path = &article.meta.path;
        let mut sources = vec![Origin { place: path.to_string(), what: "the article".to_owned() }];
        let mut add = |path: &SitePath, what: String| sources.push(Origin { place: path.to_string(), what });
        if let Some(sidecar) = self.files.sidecar(path) {
            add(sidecar, "its sidecar".to_owned());
        }
        for (file, keys) in self.cascades(path) {
            add(&file.path, format!("defaults: {}", keys.join(", ")));
        }
        let mut mention = |id: Option<ArticleId>, what: &str| {
            id.into_iter().for_each(|id| add(&site.article(id).meta.path, what.to_owned()));
        };
        mention(article.older, "the older article of its section");
        mention(article.newer, "the newer article of its section");
        article.related.iter().for_each(|id| mention(Some(*id), "a related article"));
        if let Some((id, place)) = article.series {
            let parts = &site.series[id.index()].articles;
            mention(place.checked_sub(1).and_then(|before| parts.get(before)).copied(), "the part before it");
            mention(parts.get(place + 1).copied(), "the part after it");
        }
        let people = article.authors.iter().filter_map(|id| site.authors[id.index()].person.as_ref());
        sources.extend(people.map(|person| at(&person.mark, format!("the author {}", person.name))));
        sources.extend(article.card.tags.iter().filter_map(|tag| self.tag(&tag.name)));
        sources
    }

    /// The folders' defaults that an article gets, the nearest first, and the keys that each sets.
    fn cascades(&self, path: &SitePath) -> Vec<(&SectionFile, Vec<String>)> {
        let site = &self.ready.site;
        let files = site.home.iter().chain(site.sections.iter().filter_map(|section| section.file.as_ref()));
        let above = files.filter(|file| {
            let folder = format!("content/{}", file.folder);
            path.below(folder.trim_end_matches('/')).is_some()
        });
        let mut above: Vec<_> = above.map(|file| (file, keys(file))).filter(|(_, keys)| !keys.is_empty()).collect();
        above.sort_by_key(|(file, _)| std::cmp::Reverse(file.folder.len()));
        above
    }

    fn tag(&self, name: &str) -> Option<Origin> {
        let entry = self.files.vocabulary.iter().find(|entry| entry.name == name)?;
        Some(at(&entry.mark, format!("the tag {name}")))
    }
}

/// The keys that a folder's defaults set.
fn keys(file: &SectionFile) -> Vec<String> {
    use serde_json::Value;
    let Ok(Value::Object(cascade)) = serde_json::to_value(&file.cascade) else { return Vec::new() };
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    cascade.iter().filter(|(_, value)| !empty(value)).map(|(key, _)| key.clone()).collect()
}

fn at(mark: &Mark, what: String) -> Origin {
    let line = mark.position.map(|position| format!(":{}", position.line)).unwrap_or_default();
    Origin { place: format!("{}{line}", mark.path), what }
}
