//! Old addresses in the new site: by the site's permalink where it gives them, else by an article's slug or url.

use crate::model::code::Code;
use crate::model::diagnostic::{Diagnostic, Mark};
use crate::model::path::{Slug, SlugStyle, Url};

use super::collection::{Article, Collection};
use super::dates::{self, day_prefix};
use super::tree::{folder, name, without_extension};

/// The pattern that holds where site.yaml says nothing.
const STANDARD: &str = "/{section}/{slug}/";

/// Chooses the permalink that suits most articles, and gives the others their address by themselves.
pub fn settle(collection: &mut Collection) {
    for article in &mut collection.articles {
        if article.date.is_none() {
            article.date = dated_path(&article.target)
                .and_then(|day| dates::read(&day, &collection.zone))
                .map(|(_, moment)| moment);
        }
    }
    let mut candidates = vec![STANDARD.to_owned()];
    candidates.extend(collection.permalinks.iter().cloned());
    let cost = |pattern: &String| collection.articles.iter().map(|article| cost(article, pattern)).sum::<usize>();
    let pattern = candidates.iter().min_by_key(|pattern| cost(pattern)).cloned().unwrap_or_else(|| STANDARD.to_owned());
    if pattern != STANDARD {
        collection.set("permalink", pattern.as_str());
    }
    let mut nameless = 0;
    for article in &mut collection.articles {
        let Some(old) = article.old.clone() else {
            if own_slug(&article.target).is_none() {
                nameless += 1;
                article.front.set("slug", format!("article-{nameless}"));
            }
            if !article.is_draft() {
                let note =
                    Diagnostic::warning(Code::OldAddress, "the old address cannot be told, or cannot be published");
                let note = note.at(Mark::file(&article.source));
                collection
                    .notes
                    .push(note.hint("the article has the address of its new file: set `url:` if it had a better one"));
            }
            continue;
        };
        article.front.remove("slug");
        match way(article, &old, &pattern) {
            Way::Itself => {}
            Way::Slug(slug) => article.front.set("slug", slug),
            Way::Url => article.front.set("url", old.as_str()),
        }
    }
}

/// How an article comes to its old address.
enum Way {
    /// By its file's name and the pattern.
    Itself,
    /// By a slug of its own.
    Slug(String),
    /// By its whole address alone.
    Url,
}

fn cost(article: &Article, pattern: &str) -> usize {
    let Some(old) = &article.old else { return 0 };
    match way(article, old, pattern) {
        Way::Itself => 0,
        Way::Slug(_) => 2,
        Way::Url => 3,
    }
}

fn way(article: &Article, old: &Url, pattern: &str) -> Way {
    if predicted(article, None, pattern).as_ref() == Some(old) {
        return Way::Itself;
    }
    let last = old.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let last = if pattern.ends_with(".html") { last.strip_suffix(".html").unwrap_or(last) } else { last };
    let by_slug = Slug::written(last).ok().and_then(|slug| predicted(article, Some(slug.as_str()), pattern));
    if by_slug.as_ref() == Some(old) { Way::Slug(last.to_owned()) } else { Way::Url }
}

/// The address that an article has by a pattern.
pub fn predicted(article: &Article, slug: Option<&str>, pattern: &str) -> Option<Url> {
    let slug = match slug {
        Some(slug) => slug.to_owned(),
        None => own_slug(&article.target)?,
    };
    let section = section(&article.target);
    if article.is_standing() {
        return Url::from_decoded(&format!("{section}/{slug}/")).ok();
    }
    let day = article.date.map(|date| date.date());
    let mut path = pattern.replace("{section}", &section).replace("{slug}", &slug);
    path = path.replace("{year}", &day.map_or(String::new(), |day| format!("{:04}", day.year())));
    path = path.replace("{month}", &day.map_or(String::new(), |day| format!("{:02}", day.month())));
    path = path.replace("{day}", &day.map_or(String::new(), |day| format!("{:02}", day.day())));
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let file = segments.last().is_some_and(|last| last.ends_with(".html"));
    Url::from_decoded(&format!("{}{}", segments.join("/"), if file { "" } else { "/" })).ok()
}

/// The day that a path names, which is the article's where nothing else gives one: before the file's or the bundle's name, or in
/// folders.
fn dated_path(target: &str) -> Option<String> {
    let stem = name(without_extension(target));
    let named = [stem, name(folder(target))].into_iter().take(if stem == "index" { 2 } else { 1 });
    let named =
        named.filter(|name| !name.contains(" ")).find_map(|name| day_prefix(name).map(|(day, _)| day.to_owned()));
    let parts: Vec<&str> = folder(target).split('/').collect();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    named.or_else(|| {
        let day = parts.windows(3).find(|day| digits(day[0], 4) && digits(day[1], 2) && digits(day[2], 2))?;
        Some(day.join("-"))
    })
}

/// The slug that a file's name gives.
fn own_slug(target: &str) -> Option<String> {
    let stem = name(without_extension(target));
    let stem = if stem == "index" && target.contains('/') { name(folder(target)) } else { stem };
    let bare = day_prefix(stem).map(|(_, rest)| rest).filter(|rest| !rest.is_empty()).unwrap_or(stem);
    Slug::whole(bare, SlugStyle::Unicode).map(|slug| slug.to_string())
}

/// The section of a file below `content/`, as it stands in addresses.
pub fn section(target: &str) -> String {
    let home = folder(target);
    let stem = name(without_extension(target));
    section_of_folder(if stem == "index" { folder(home) } else { home })
}

/// A folder's path as that of a section.
pub fn section_of_folder(folder: &str) -> String {
    let parts = folder.split('/').filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit()));
    let slugs: Vec<String> =
        parts.filter_map(|part| Slug::whole(part, SlugStyle::Unicode)).map(|slug| slug.to_string()).collect();
    slugs.join("/")
}

/// An old address as a path of the site: without `index.html`, and with a slash at its end where it names no file.
pub fn old(path: &str) -> Option<Url> {
    let path = path.trim().trim_start_matches('/');
    let path = path.split(['?', '#']).next().unwrap_or("");
    let path = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
    let mut path: String = path.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
        + if path.ends_with('/') { "/" } else { "" };
    let last = path.rsplit('/').next().unwrap_or("");
    if !last.is_empty() && !last.contains('.') {
        path.push('/');
    }
    Url::parse(&path).ok()
}

/// An old address that is given decoded.
pub fn old_decoded(path: &str) -> Option<Url> {
    old(&path.replace('%', "%25").replace('?', "%3F").replace('#', "%23"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_brought_to_one_form() {
        let cases = [
            ("/a/index.html", Some("/a/")),
            ("a", Some("/a/")),
            ("/a.html", Some("/a.html")),
            ("//a//b/", Some("/a/b/")),
            ("", Some("/")),
            ("/caf%C3%A9/", Some("/café/")),
            ("/../etc/passwd", None),
            ("/a/%2e%2e/b", None),
        ];
        for (path, expected) in cases {
            assert_eq!(old(path).as_ref().map(Url::as_str), expected, "{path}");
        }
    }

    #[test]
    fn a_path_may_name_a_day() {
        let cases = [
            ("2017-10-26-a.md", Some("2017-10-26")),
            ("news/2017-10-26-a/index.md", Some("2017-10-26")),
            ("news/2017/10/26/a.md", Some("2017-10-26")),
            ("news/2017/10/a.md", None),
            ("news/a.md", None),
        ];
        for (path, day) in cases {
            assert_eq!(dated_path(path).as_deref(), day, "{path}");
        }
    }

    #[test]
    fn a_files_name_gives_its_slug() {
        assert_eq!(own_slug("posts/2017-10-26-ferry.md").as_deref(), Some("ferry"));
        assert_eq!(own_slug("posts/2017-10-26.md").as_deref(), Some("2017-10-26"));
        assert_eq!(own_slug("posts/ferry/index.md").as_deref(), Some("ferry"));
        assert_eq!(section("news/2017/10/ferry/index.md"), "news");
    }
}
