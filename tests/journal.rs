//! The theme *journal*: a second bundled theme that lies on *broadsheet*, and changes a part of it.

#[path = "support/command.rs"]
mod command;
mod support;

use command::byline;
use support::Site;

fn journal() -> Site {
    Site::new()
        .config("theme: journal\ntheme_options: {tagline: Essays on small boats}")
        .run_of("content/boats/", 4, "tags: [Ferry]\nauthors: The Harbour Desk\ndescription: On boats.\n")
        .article("content/about.md", "title: About")
}

#[test]
fn its_front_page_is_one_list_with_the_newest_essay_first() {
    let built = journal().build();
    let page = built.page("/");
    assert_eq!(page.one(".lead h2"), "Number 4");
    assert_eq!(page.texts(".cards h2"), ["Number 3", "Number 2", "Number 1"]);
    assert_eq!(page.one("p.tagline"), "Essays on small boats", "an option of the theme below");
    assert_eq!(page.count(".desks, .subjects, nav.sections"), 0, "nothing of the newspaper's front page shows");
}

#[test]
fn its_sheet_takes_the_place_of_the_one_below_and_the_scripts_stay() {
    let built = journal().build();
    for url in ["/", "/boats/001/", "/about/", "/tags/ferry/", "/archive/", "/404.html"] {
        let page = built.page(url);
        let sheets = page.attributes("link[rel=stylesheet]", "href");
        assert!(matches!(sheets.as_slice(), [one] if one.starts_with("/journal-")), "{url}: {sheets:?}");
        assert!(page.attributes("script[src]", "src").iter().any(|src| src.starts_with("/scheme-")), "{url}");
    }
    assert_eq!(built.page("/boats/001/").one("h1"), "Number 1");
}

#[test]
fn a_site_may_leave_out_what_essays_are_about_and_lay_a_block_of_its_own_on_the_theme() {
    let site = journal().config("theme: journal\ntheme_options: {show_standfirsts: false}").file(
        "templates/base.html",
        "{% extends \"themes/journal/base.html\" %}{% block colophon %}<p class=mine>Set by hand.</p>{% endblock %}",
    );
    let page = site.build();
    let page = page.page("/");
    assert_eq!((page.count(".p-summary"), page.one("p.mine").as_str()), (0, "Set by hand."));
}

#[test]
fn nothing_in_it_is_lost_on_the_layers_below() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/journal");
    let site = support::files(&folder)
        .into_iter()
        .fold(journal(), |site, (name, bytes)| site.file(&format!("themes/journal/{name}"), bytes));
    let run = byline(site.root(), &["theme", "check", "--strict"]).code(0);
    assert!(run.out.contains("themes/journal/") && run.err.is_empty(), "{run:?}");
}
