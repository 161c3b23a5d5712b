//! Each stage of a build by itself, over a collection of 1,000 articles: the one that `benches/scale` makes.
//!
//! ```text
//! cargo bench --bench stages [-- FILTER]
//! ```

#[path = "../scale/article.rs"]
mod article;
#[path = "../scale/layout.rs"]
#[allow(dead_code, reason = "the peer's site is for the other benchmark")]
mod layout;
mod paper;
#[path = "../scale/random.rs"]
mod random;
#[path = "../scale/snippet.rs"]
mod snippet;
#[path = "../scale/words.rs"]
mod words;

fn main() {
    divan::main();
}

/// Files to sources.
mod read {
    use byline::read::{Stats, site};
    use divan::Bencher;

    use super::paper::paper;

    #[divan::bench]
    fn walk_and_hash(bencher: Bencher) {
        let paper = paper();
        bencher.bench(|| site(paper.root(), &Stats::default()));
    }

    #[divan::bench]
    fn walk_with_the_stat_cache(bencher: Bencher) {
        let paper = paper();
        bencher.bench(|| site(paper.root(), &paper.stats));
    }
}

/// A source to an article.
mod parse {
    use byline::memo::Memo;
    use byline::model::digest::Digest;
    use byline::model::source::Source;
    use byline::parse::highlight::Highlighter;
    use divan::Bencher;
    use divan::counter::BytesCount;

    use super::paper::{paper, plain_text};

    fn bench(bencher: Bencher, source: &Source) {
        let paper = paper();
        let parser = paper.parser();
        let bytes = BytesCount::new(source.bytes.len());
        // Each time without the lines of code that were met before.
        let bencher = bencher.counter(bytes).with_inputs(Highlighter::default);
        bencher.bench_refs(|highlighter| parser.parse(source, None, highlighter));
    }

    #[divan::bench]
    fn markdown_with_code(bencher: Bencher) {
        bench(bencher, paper().article(|text| text.contains("```")));
    }

    #[divan::bench]
    fn markdown_without_code(bencher: Bencher) {
        bench(bencher, paper().article(|text| !text.contains("```")));
    }

    #[divan::bench]
    fn text_of_an_archive(bencher: Bencher) {
        bench(bencher, &plain_text());
    }

    #[divan::bench]
    fn from_the_memo(bencher: Bencher) {
        let paper = paper();
        let folder = tempfile::tempdir().expect("a folder");
        let (engine, key) = (Digest::of(b"engine"), Digest::of(b"key"));
        let memo = Memo::open(folder.path(), engine, false, true);
        memo.put(key, Some((&paper.metas[0], (*paper.bodies.0[0]).clone())), &[]);
        drop(memo.settle());
        let memo = Memo::open(folder.path(), engine, false, false);
        assert!(memo.get(key).is_some());
        bencher.bench(|| memo.get(key));
    }
}

/// All articles' metadata to the site.
#[divan::bench]
fn collect(bencher: divan::Bencher) {
    let paper = paper::paper();
    bencher.with_inputs(|| paper.collection()).bench_values(byline::collect::site);
}

/// The site to pages.
mod plan {
    use std::collections::BTreeMap;

    use byline::model::shared::Depth;
    use byline::plan::{Desk, pages};
    use byline::render::key;
    use divan::Bencher;

    use super::paper::{engine, paper};

    #[divan::bench]
    fn all_pages(bencher: Bencher) {
        let paper = paper();
        bencher.bench(|| pages(&paper.site));
    }

    #[divan::bench]
    fn the_keys_of_all_pages(bencher: Bencher) {
        let paper = paper();
        bencher.bench(|| {
            let desk = Desk::new(&paper.site, &paper.pages, &paper.bodies, BTreeMap::new());
            let view = |page| desk.view(page, Depth::Compared);
            paper.pages.iter().for_each(|page| {
                divan::black_box(key(engine(), &paper.templates, page, &view(page)));
            });
        });
    }

    #[divan::bench]
    fn the_fields_of_an_article(bencher: Bencher) {
        let paper = paper();
        let desk = Desk::new(&paper.site, &paper.pages, &paper.bodies, BTreeMap::new());
        let view = desk.view(paper.page(super::paper::is_article), Depth::Rendered);
        bencher.bench(|| view.fields());
    }
}

/// A page and its templates to an output: the view is made anew each time, and the values that pages share are there.
mod render {
    use std::collections::BTreeMap;

    use byline::model::page::{Page, What};
    use byline::model::shared::Depth;
    use byline::plan::Desk;
    use byline::render::{key, page};
    use divan::Bencher;

    use super::paper::{engine, is_article, paper};

    fn bench(bencher: Bencher, own: &Page) {
        let paper = paper();
        let desk = Desk::new(&paper.site, &paper.pages, &paper.bodies, BTreeMap::new());
        bencher.bench(|| {
            let mut view = desk.view(own, Depth::Rendered);
            let key = key(engine(), &paper.templates, own, &view);
            page(&paper.templates, own, &mut view, key).expect("it renders")
        });
    }

    #[divan::bench]
    fn an_article(bencher: Bencher) {
        bench(bencher, paper().page(is_article));
    }

    #[divan::bench]
    fn a_section(bencher: Bencher) {
        bench(bencher, paper().page(|what| matches!(what, What::Section(..))));
    }

    #[divan::bench]
    fn a_feed_in_full(bencher: Bencher) {
        bench(bencher, paper().page(|what| matches!(what, What::Feed(..))));
    }
}

/// Outputs to the folder.
mod write {
    use byline::model::digest::Digest;
    use byline::model::output::{Content, Output, Stage};
    use byline::model::path::OutPath;
    use byline::write::begin;
    use divan::Bencher;
    use tempfile::TempDir;

    /// A thousand pages of the length of an article's; `edition` is part of their content.
    fn outputs(edition: usize) -> Vec<Output> {
        let output = |number: usize| {
            let bytes = format!("{edition} {number} {}", "x".repeat(12 << 10)).into_bytes();
            let path = OutPath::new(&format!("news/{number}/index.html")).expect("a path");
            Output { path, key: Digest::of(&bytes), content: Content::Bytes(bytes), stage: Stage::Page }
        };
        (0..1_000).map(output).collect()
    }

    fn publish(folder: &TempDir, outputs: Vec<Output>) {
        let Ok(session) = begin(folder.path(), &folder.path().join("public"), false) else { panic!("a session") };
        outputs.into_iter().for_each(|output| session.stage(output).expect("it is staged"));
        assert!(session.commit().is_ok());
    }

    #[divan::bench(sample_count = 20)]
    fn a_first_build(bencher: Bencher) {
        let folder = || tempfile::tempdir().expect("a folder");
        bencher.with_inputs(|| (folder(), outputs(1))).bench_values(|(folder, outputs)| {
            publish(&folder, outputs);
            folder
        });
    }

    #[divan::bench(sample_count = 20)]
    fn all_pages_again(bencher: Bencher) {
        let folder = || {
            let folder = tempfile::tempdir().expect("a folder");
            publish(&folder, outputs(1));
            folder
        };
        bencher.with_inputs(|| (folder(), outputs(2))).bench_values(|(folder, outputs)| {
            publish(&folder, outputs);
            folder
        });
    }
}
