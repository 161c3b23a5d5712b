//! What a question is about: an address, a file of the site, a file of the output.

use super::Desk;
use super::files::Kind;
use super::kind::{article_of, describe};
use crate::model::page::What;
use crate::model::path::{OutPath, SitePath, Url};
use crate::model::site::{ArticleId, Role, SectionId};
use crate::model::suggest;
use crate::model::why::{Answer, Group};

/// What a question is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A page, by its place among all pages.
    Page(usize),
    /// A copied file, by its place among all copied files.
    Placed(usize),
    /// A file of the site.
    File(SitePath, Kind),
    /// A template that is compiled in.
    BuiltIn(SitePath),
}

impl Desk<'_> {
    /// What a text names.
    pub(super) fn subject(&self, text: &str) -> Option<Subject> {
        let base = &self.ready.site.config.base;
        let text = text.split(['#', '?']).next().unwrap_or_default();
        if text.contains("://") {
            let rest = text.strip_prefix(&base.origin)?.strip_prefix(&base.path)?;
            return self.url(if rest.is_empty() { "/" } else { rest.strip_prefix('/').map(|_| rest)? });
        }
        if text.starts_with('/') {
            let below = text.strip_prefix(&base.path).filter(|rest| rest.starts_with('/'));
            return self.url(text).or_else(|| self.url(below?));
        }
        let path = text.trim_start_matches("./");
        self.file(path).or_else(|| self.output(path)).or_else(|| self.url(path))
    }

    fn url(&self, text: &str) -> Option<Subject> {
        let folder = format!("{text}/");
        let urls = [text, folder.as_str()].into_iter().filter_map(|text| Url::parse(text).ok());
        urls.map(|url| url.out_path()).find_map(|out| self.out(&out))
    }

    fn file(&self, path: &str) -> Option<Subject> {
        let path = SitePath::new(path);
        let built_in = || self.template_file(&path).then(|| Subject::BuiltIn(path.clone()));
        self.files.kind(&path).map(|kind| Subject::File(path.clone(), kind)).or_else(built_in)
    }

    fn template_file(&self, path: &SitePath) -> bool {
        let templates = &self.ready.templates;
        templates.all().any(|(full, _)| templates.file_of(full) == Some(path))
    }

    /// A file of the output, by its path from the site's folder.
    fn output(&self, path: &str) -> Option<Subject> {
        let below = self.request.output.strip_prefix(&self.request.root).ok()?;
        let below = below.to_str()?.replace('\\', "/");
        self.out(&OutPath::new(path.strip_prefix(&below)?.trim_start_matches('/')).ok()?)
    }

    fn out(&self, out: &OutPath) -> Option<Subject> {
        let page = self.ready.pages.iter().position(|page| page.url.out_path() == *out).map(Subject::Page);
        page.or_else(|| self.ready.site.placed.iter().position(|placed| placed.out == *out).map(Subject::Placed))
    }

    /// The known name nearest to a text that names nothing.
    pub(super) fn near(&self, text: &str) -> Option<String> {
        let urls = self.ready.pages.iter().map(|page| page.url.as_str());
        let paths = self.files.paths().map(SitePath::as_str);
        let folder = format!("{text}/");
        let near = if text.starts_with('/') {
            let slash = folder.trim_end_matches("//");
            suggest::nearest(text, urls.clone()).or_else(|| suggest::nearest(slash, urls))
        } else {
            suggest::nearest(text, paths).or_else(|| suggest::nearest(&format!("/{text}"), urls))
        };
        near.map(str::to_owned)
    }

    /// The answer about a subject.
    pub(super) fn about(&mut self, subject: &Subject) -> Answer {
        match subject {
            Subject::Page(at) => {
                let page = &self.ready.pages[*at];
                let what = describe(&page.what);
                Answer { pages: self.pages(&[*at]), ..answer(page.url.as_str(), what) }
            }
            Subject::Placed(at) => self.placed(*at),
            Subject::File(path, kind) => self.about_file(path, *kind),
            Subject::BuiltIn(path) => self.template(path),
        }
    }

    fn about_file(&mut self, path: &SitePath, kind: Kind) -> Answer {
        match kind {
            Kind::Article => self.article(path),
            Kind::Sidecar => match self.files.partner(path).cloned() {
                Some(article) => {
                    let mut answer = self.article(&article);
                    answer.notes.insert(0, ("Article", article.to_string()));
                    Answer { subject: path.to_string(), what: "a sidecar".to_owned(), ..answer }
                }
                None => answer(path.as_str(), "a sidecar without an article"),
            },
            Kind::Section => self.section(path),
            Kind::People => self.people(path),
            Kind::Vocabulary => self.vocabulary(path),
            Kind::Data => Answer { shown: self.with_data(path), ..answer(path.as_str(), "a data file") },
            Kind::Template => self.template(path),
            Kind::Strings => answer(path.as_str(), "what pages of one language say, as `strings` in their views"),
            Kind::Theme if path.folder() == format!("themes/{}", self.ready.site.config.theme) => {
                self.everywhere(path, "the description of the site's theme")
            }
            Kind::Theme => answer(path.as_str(), "the description of a theme that is not the site's own choice"),
            Kind::Config => self.everywhere(path, "the site's configuration"),
            Kind::Ledger => answer(path.as_str(), "the ledger of published addresses: no page is made from it"),
            Kind::Asset => match self.ready.site.placed.iter().position(|placed| placed.asset.path == *path) {
                Some(at) => Answer { subject: path.to_string(), ..self.placed(at) },
                None => answer(path.as_str(), "a file that is not published: no published page refers to it"),
            },
        }
    }

    fn placed(&self, at: usize) -> Answer {
        let placed = &self.ready.site.placed[at];
        let url = Url::from_decoded(placed.out.as_str()).map_or_else(|_| placed.out.to_string(), |url| url.to_string());
        let mut own = answer(&url, "a file that is copied as it is");
        own.notes.push(("Source", placed.asset.path.to_string()));
        own.notes.push(("Address", url));
        own.notes.push(("Output", self.output_file(&placed.out)));
        own
    }

    fn article(&mut self, path: &SitePath) -> Answer {
        let found = self.ready.site.articles.iter().position(|article| article.meta.path == *path);
        let Some(at) = found else { return self.hidden(path) };
        let id = ArticleId(at as u32);
        let role = self.ready.site.article(id).role;
        let what = match role {
            Role::Listed => "an article",
            Role::Standing => "a standing page",
            Role::Unlisted => "an unlisted article",
        };
        let own: Vec<usize> = self.places(|what| article_of(what) == Some(id));
        Answer { pages: self.pages(&own), shown: self.shown(id), ..answer(path.as_str(), what) }
    }

    /// An article that is not published.
    fn hidden(&self, path: &SitePath) -> Answer {
        let held = self.ready.site.waiting.held.iter().find(|due| due.path == *path);
        let what = match held {
            Some(due) => format!("an article that is held until {}", due.at),
            None => "an article that is not published: it is a draft, has expired, or has errors".to_owned(),
        };
        answer(path.as_str(), &what)
    }

    fn section(&mut self, path: &SitePath) -> Answer {
        let site = &self.ready.site;
        if site.home.as_ref().is_some_and(|home| home.path == *path) {
            let head = self.places(|what| matches!(what, What::Home(slice) if slice.number.is_none()));
            return Answer { pages: self.pages(&head), ..answer(path.as_str(), "the text of the front page") };
        }
        let own = |file: &crate::model::section::SectionFile| file.path == *path;
        let Some(at) = site.sections.iter().position(|section| section.file.as_ref().is_some_and(own)) else {
            return answer(path.as_str(), "the text of a section without articles");
        };
        let id = SectionId(at as u32);
        let count = site.sections[at].articles.len();
        let further = |what: &What| matches!(what, What::Section(own, slice) if *own == id && slice.number.is_some());
        let feed = |what: &What| matches!(what, What::Feed(crate::model::page::Channel::Section(own), _) if *own == id);
        let head =
            self.places(|what| matches!(what, What::Section(own, slice) if *own == id && slice.number.is_none()));
        let (further, feeds) = (self.places(further), self.places(feed));
        let shown = [("further pages of its list", further), ("its feeds", feeds)];
        let shown = shown.into_iter().filter(|(_, at)| !at.is_empty()).map(|(what, at)| self.group(what, &at));
        let shown: Vec<Group> = shown.collect();
        let mut own = Answer { pages: self.pages(&head), shown, ..answer(path.as_str(), "the text of a section") };
        own.notes.push(("Articles", count.to_string()));
        own
    }

    fn people(&self, path: &SitePath) -> Answer {
        let site = &self.ready.site;
        let listed = |id: usize| site.authors[id].person.is_some();
        let pages = self.places(|what| matches!(what, What::Author(id, _) if listed(id.index())));
        let by = |what: &What| {
            article_of(what).is_some_and(|id| site.article(id).authors.iter().any(|author| listed(author.index())))
        };
        let articles = self.places(by);
        let shown = vec![self.group("author pages", &pages), self.group("articles of these authors", &articles)];
        Answer { shown, ..answer(path.as_str(), "the people of the site") }
    }

    fn vocabulary(&self, path: &SitePath) -> Answer {
        let site = &self.ready.site;
        let listed = |name: &str| self.files.vocabulary.iter().any(|entry| entry.name == name);
        let pages = self.places(|what| matches!(what, What::Tag(id, _) if listed(&site.tags[id.index()].name)));
        let under = |what: &What| {
            article_of(what).is_some_and(|id| site.article(id).card.tags.iter().any(|tag| listed(&tag.name)))
        };
        let articles = self.places(under);
        let shown = vec![self.group("tag pages", &pages), self.group("articles with these tags", &articles)];
        Answer { shown, ..answer(path.as_str(), "the tags of the site") }
    }

    fn everywhere(&self, path: &SitePath, what: &str) -> Answer {
        let all: Vec<usize> = (0..self.ready.pages.len()).collect();
        Answer { shown: vec![self.group("pages and files", &all)], ..answer(path.as_str(), what) }
    }
}

/// An answer that says no more than what its subject is.
fn answer(subject: &str, what: &str) -> Answer {
    Answer {
        subject: subject.to_owned(),
        what: what.to_owned(),
        notes: Vec::new(),
        pages: Vec::new(),
        shown: Vec::new(),
        build: None,
    }
}
