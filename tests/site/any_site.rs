//! What holds for every site: drawn at random, built, and looked through from end to end.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::support::Site;

/// An article as it is drawn.
#[derive(Clone, Debug)]
struct Drawn {
    section: usize,
    day: Option<u32>,
    tags: Vec<usize>,
    author: usize,
    series: Option<usize>,
    /// Public, draft, held, expired or unlisted.
    kind: usize,
    text: bool,
}

const SECTIONS: [&str; 5] = ["news/", "news/asia/", "culture/2001/", "Süd & Nord/", ""];
const TAGS: [&str; 5] = ["Sea", "C++", "潮汐", "wind & tide", "Çay"];

fn drawn() -> impl Strategy<Value = Drawn> {
    let tags = proptest::collection::vec(0..TAGS.len(), 0..4);
    let day = proptest::option::weighted(0.8, 1u32..40);
    let series = proptest::option::weighted(0.3, 0usize..2);
    (0..SECTIONS.len(), day, tags, 0usize..3, series, 0usize..9, any::<bool>()).prop_map(
        |(section, day, tags, author, series, kind, text)| Drawn { section, day, tags, author, series, kind, text },
    )
}

/// The name that is in everything an article says, and whether it may be named.
fn name(number: usize, article: &Drawn) -> (String, bool) {
    (format!("xq{number}z"), !matches!(article.kind, 1..=4))
}

fn front(number: usize, article: &Drawn) -> String {
    let (name, _) = name(number, article);
    let tags: Vec<&str> = article.tags.iter().map(|tag| TAGS[*tag]).collect();
    let mut front = format!(
        "title: Title {name}\ntags: [{}]\naliases: [/old/{name}/]\nauthor: Desk {}\n",
        tags.join(", "),
        article.author
    );
    let day = |day: u32| jiff::civil::date(2001, 1, 20) + jiff::Span::new().days(i64::from(day));
    if let Some(date) = article.day {
        front += &format!("date: {}\n", day(date));
    }
    if let Some(series) = article.series {
        front += &format!("series: Run {series}\n");
    }
    front
        + match article.kind {
            1 => "draft: true\n",
            2 => "date: 2030-01-01\n",
            3 => "expires: 2003-01-01\n",
            4 => "unlisted: true\n",
            5 => "featured: true\n",
            _ => "",
        }
}

fn site(articles: &[Drawn], config: &str) -> Site {
    let theme = if config.contains("theme:") { "" } else { "theme: broadsheet\n" };
    let site =
        Site::new().config(&format!("{theme}pagination: {{size: 3}}\nfeeds: {{json: true, rss: true}}\n{config}"));
    articles.iter().enumerate().fold(site, |site, (number, article)| {
        let (name, _) = name(number, article);
        let mut front = front(number, article);
        if article.kind == 2 {
            front =
                front.lines().filter(|line| !line.starts_with("date: 2001")).map(|line| format!("{line}\n")).collect();
        }
        let path = format!("content/{}{name}", SECTIONS[article.section]);
        if article.text {
            let text = format!("Title {name}\n\nThe text of {name}.\n\nAnother paragraph here.\n");
            site.file(&format!("{path}.txt"), text).file(&format!("{path}.yaml"), front)
        } else {
            site.file(&format!("{path}/index.md"), format!("---\n{front}---\nThe text.\n"))
                .file(&format!("{path}/{name}.bin"), &name)
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn links_lead_somewhere_and_what_is_hidden_stays_hidden(articles in proptest::collection::vec(drawn(), 0..16)) {
        let built = site(&articles, "base_url: https://paper.example/daily/").build();
        for path in built.paths().into_iter().filter(|path| path.ends_with(".html")) {
            let page = built.page(path);
            for name in ["href", "src"] {
                for link in page.attributes(&format!("[{name}^='/']"), name) {
                    let target = link.split(['#', '?']).next().unwrap_or("").strip_prefix("/daily").unwrap_or("/outside-the-site");
                    let decoded = percent_encoding::percent_decode_str(target).decode_utf8_lossy().into_owned();
                    prop_assert!(built.has(&decoded), "{} leads to {}", path, link);
                }
            }
            prop_assert!(path == "404.html" || path.starts_with("old/") || page.count("h1") == 1, "{}", path);
        }
        for (number, article) in articles.iter().enumerate() {
            let (name, named) = name(number, article);
            let naming = built.naming(&name);
            if named {
                prop_assert!(naming.len() > 1, "{} is named in {:?}", name, naming);
            } else if article.kind == 4 {
                let own = |path: &&str| path.contains(&name);
                prop_assert!(naming.iter().all(own), "{} is named in {:?}", name, naming);
            } else {
                prop_assert!(naming.is_empty(), "{} is named in {:?}", name, naming);
            }
        }
    }

    #[test]
    fn every_public_article_is_found_by_turning_the_pages(articles in proptest::collection::vec(drawn(), 0..16)) {
        let built = site(&articles, "theme: plain").build();
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut next = Some("/".to_owned());
        while let Some(url) = next {
            for title in built.headlines(&url) {
                *found.entry(title).or_default() += 1;
            }
            next = built.page(&url).attributes(".pager .older", "href").pop();
        }
        let listed = articles.iter().enumerate().filter(|(_, article)| {
            !matches!(article.kind, 1..=4) && article.day.is_some()
        });
        let expected: BTreeMap<String, usize> =
            listed.map(|(number, article)| (format!("Title {}", name(number, article).0), 1)).collect();
        prop_assert_eq!(found, expected);
    }
}
