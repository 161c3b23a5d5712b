//! The collection that all stages are timed on, taken through each of them once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use byline::collect::{self, Collection, Images};
use byline::model::article::{Meta, ParseOptions};
use byline::model::body::{Bodies, Body};
use byline::model::config::Config;
use byline::model::digest::Digest;
use byline::model::front_matter::{Extra, FrontMatter};
use byline::model::page::{Page, What};
use byline::model::path::{SitePath, Url};
use byline::model::shared::Shared;
use byline::model::site::Site;
use byline::model::source::{Found, Source};
use byline::model::strings::Lexicon;
use byline::model::view::head::SiteView;
use byline::parse::article::ArticleParser;
use byline::parse::config;
use byline::parse::highlight::Highlighter;
use byline::parse::strings::{self, Brings, Known};
use byline::parse::words::Matcher;
use byline::plan;
use byline::read::{self, Stats};
use byline::render::{Layer, Templates};
use tempfile::TempDir;

use crate::layout;

/// How many articles there are.
const COUNT: usize = 1_000;

/// Longer than the coarsest clock of a file system ticks: a file that was changed within that time is not known by its look.
const TICK: Duration = Duration::from_millis(2_100);

/// The engine of all keys.
pub fn engine() -> Digest {
    Digest::default()
}

/// The collection after each stage.
pub struct Paper {
    folder: TempDir,
    /// How its files looked.
    pub stats: Stats,
    config: Config,
    options: ParseOptions,
    matcher: Arc<Matcher>,
    sources: Vec<Source>,
    /// The articles.
    pub metas: Vec<Meta>,
    /// Their bodies.
    pub bodies: InMemory,
    /// The site.
    pub site: Site,
    /// Its pages.
    pub pages: Vec<Page>,
    /// The built-in templates.
    pub templates: Templates,
}

/// Bodies in memory.
pub struct InMemory(pub Vec<Arc<Body>>);

impl Bodies for InMemory {
    fn body(&self, at: usize) -> Arc<Body> {
        Arc::clone(&self.0[at])
    }
}

/// The collection: made by whoever asks first.
pub fn paper() -> &'static Paper {
    static PAPER: OnceLock<Paper> = OnceLock::new();
    PAPER.get_or_init(Paper::new)
}

/// Whether a page is an article's own.
pub fn is_article(what: &What) -> bool {
    matches!(what, What::Article(_))
}

impl Paper {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        layout::byline(COUNT, folder.path()).expect("the collection is written");
        thread::sleep(TICK);
        let (read, stats) = read::site(folder.path(), &Stats::default()).expect("the site is read");
        let config = config::parse(read.value.config.as_ref().expect("site.yaml")).value.expect("it is sound");
        let sources: Vec<Source> = read.value.articles.iter().map(|found| whole(folder.path(), found)).collect();
        let options = options(&config);
        let matcher = Arc::new(Matcher::new(&[]));
        let (metas, bodies): (Vec<Meta>, Vec<Arc<Body>>) = parsed(&sources, &options, &matcher).into_iter().unzip();
        let (site, _) = collect::site(collection(&config, &metas));
        let pages = plan::pages(&site);
        let (bodies, templates) = (InMemory(bodies), templates());
        Self { folder, stats, config, options, matcher, sources, metas, bodies, site, pages, templates }
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The parser of the articles.
    pub fn parser(&self) -> ArticleParser<'_> {
        ArticleParser::new(&self.options, Arc::clone(&self.matcher))
    }

    /// The first article whose text is like this.
    pub fn article(&self, like: impl Fn(&str) -> bool) -> &Source {
        let fits = |source: &&Source| like(&String::from_utf8_lossy(&source.bytes));
        self.sources.iter().find(fits).expect("an article")
    }

    /// What the site is collected from.
    pub fn collection(&self) -> Collection {
        collection(&self.config, &self.metas)
    }

    /// The first page that shows this.
    pub fn page(&self, wanted: impl Fn(&What) -> bool) -> &Page {
        self.pages.iter().find(|page| wanted(&page.what)).expect("a page")
    }
}

/// An article of an archive: headline, standfirst, key block and body, 6 KB.
pub fn plain_text() -> Source {
    let head = "The ferry changed its hours\n\nNobody was told, and nobody minded.\n\n\
        PUBLISHED : Thursday, 26 October, 2017, 12:54pm\nBY : The Copy Desk\n\n";
    let paragraph = "The harbour office had put up the new hours on Monday, beside the old ones, and on Tuesday the old \
        ones were gone. \"We thought that it would be noticed,\" said the office, and nobody had.\n\n";
    Source::new(SitePath::new("content/city/ferry.txt"), [head, &paragraph.repeat(30)].concat().into_bytes())
}

fn whole(root: &Path, found: &Found) -> Source {
    found.source().unwrap_or_else(|| read::again(root, found).expect("the article is read"))
}

fn options(config: &Config) -> ParseOptions {
    ParseOptions {
        timezone: config.timezone.clone(),
        defaults: FrontMatter::default(),
        text: config.text.clone(),
        html: config.html,
        highlight: config.highlight,
        math: false,
        faulty: config.faulty,
        taxonomies: Vec::new(),
        vocabulary: Shared::new(Vec::new()),
        blocks: Shared::new(Vec::new()),
    }
}

fn parsed(sources: &[Source], options: &ParseOptions, matcher: &Arc<Matcher>) -> Vec<(Meta, Arc<Body>)> {
    let parser = ArticleParser::new(options, Arc::clone(matcher));
    let mut highlighter = Highlighter::default();
    let mut parse = |source: &Source| parser.parse(source, None, &mut highlighter).article.expect("it is sound");
    sources.iter().map(&mut parse).map(|(meta, body)| (meta, Arc::new(body))).collect()
}

fn collection(config: &Config, metas: &[Meta]) -> Collection {
    let top = |path: &str| config.base.href(&Url::from_decoded(path).expect("a URL"));
    Collection {
        view: SiteView {
            title: config.title.clone(),
            base_url: config.base.absolute(&Url::root()),
            home: top(""),
            archive: top("archive/"),
            tags: top("tags/"),
            authors: top("authors/"),
            search: None,
            language: config.language.clone(),
            direction: "ltr".to_owned(),
            menus: BTreeMap::new(),
            theme_options: Extra::new(),
            extra: Extra::new(),
            assets: BTreeMap::new(),
        },
        config: config.clone(),
        queries: Vec::new(),
        articles: metas.iter().cloned().map(Box::new).collect(),
        sections: Vec::new(),
        people: Vec::new(),
        vocabulary: Vec::new(),
        assets: Vec::new(),
        statics: Vec::new(),
        images: Images::default(),
        lexicon: lexicon(),
        data: BTreeMap::new(),
        // The first of 2030: all of them are published.
        as_of: 1_893_456_000,
        drafts: false,
        faulty: Vec::new(),
    }
}

/// The built-in strings.
fn lexicon() -> Lexicon {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("strings");
    let mut files = Vec::new();
    gather(&folder, &folder, &mut files);
    let known = Known::new();
    let read = |(_, source): &(String, Source)| strings::parse(source, &known, Brings::Keys).value;
    Lexicon { layers: vec![files.iter().filter_map(read).collect()] }
}

/// The built-in templates.
fn templates() -> Templates {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut templates = Vec::new();
    gather(&folder, &folder, &mut templates);
    Templates::compile(&[Layer { prefix: "builtin/".to_owned(), templates }]).value
}

fn gather(top: &Path, folder: &Path, templates: &mut Vec<(String, Source)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(top, &path, templates);
            continue;
        }
        let name = path.strip_prefix(top).expect("it lies there").to_string_lossy().replace('\\', "/");
        let source = Source::new(SitePath::new(&name), fs::read(&path).expect("a template"));
        templates.push((name, source));
    }
}
