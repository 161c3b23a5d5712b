//! Images: in which sizes they are published, where they are shown, what is never published of them, and what a later build does.

use byline::model::code::Code;
use byline::model::diagnostic::Severity;

use crate::support::photo::{self, SECRET};
use crate::support::{Built, Site, place};

const FRONT: &str = "title: The ferry\ndate: 2020-01-01\nimage: {src: lead.jpg, alt: A ferry, caption: C}";

/// An article with a lead image of 1,000 pixels' width, stored on its side, and an image in its body.
fn site() -> Site {
    Site::new()
        .config("base_url: https://paper.example/daily/")
        .file("content/news/lead.jpg", photo::jpeg(500, 1000, 1, 6))
        .file("content/news/view.png", photo::png(500, 250, 2))
        .file("content/news/ferry.md", format!("---\n{FRONT}\n---\n![A view](view.png \"Far\")\n"))
}

/// The published images, without the digests in their names.
fn prints(built: &Built) -> Vec<String> {
    let own = built.paths().into_iter().filter_map(|path| path.strip_prefix("_images/"));
    own.map(|name| {
        let parts: Vec<&str> = name.split('.').collect();
        assert_eq!((parts.len(), parts[1].len()), (4, 12), "{name}");
        format!("{}.{}.{}", parts[0], parts[2], parts[3])
    })
    .collect()
}

/// The build after a change, held against one from nothing.
fn rebuilt(site: &Site) -> Built {
    let built = site.build();
    std::fs::remove_dir_all(site.root().join("public")).expect("the output is there");
    std::fs::remove_dir_all(site.root().join(".byline")).expect("the cache is there");
    assert!(built.files() == site.build().files(), "the output differs from a clean build's");
    built
}

#[test]
fn images_are_published_in_several_sizes_and_never_as_they_were_taken() {
    let built = site().build();
    let expected =
        ["lead.1000.jpg", "lead.1000.webp", "lead.400.jpg", "lead.400.webp", "lead.800.jpg", "lead.800.webp"];
    let own = ["view.400.png", "view.400.webp", "view.500.png", "view.500.webp"];
    assert_eq!(prints(&built), [&expected[..], &own].concat());
    assert_eq!(built.naming(SECRET), [""; 0]);
    assert!(!built.has("news/lead.jpg"), "what is only shown is not published whole");
    assert_eq!((built.report().images, built.report().printed), (2, 2));
    for (path, bytes) in built.files().iter().filter(|(path, _)| path.starts_with("_images/")) {
        let image = image::load_from_memory(bytes).expect("an image");
        let width: u32 = path.split('.').nth(2).and_then(|width| width.parse().ok()).expect("a width");
        let height = if path.contains("lead") { width.div_ceil(2) } else { width / 2 };
        assert_eq!((image.width(), image.height()), (width, height), "{path}");
    }
}

#[test]
fn a_page_offers_all_sizes_and_says_how_large_they_are() {
    let built = site().build();
    let page = built.page("/news/ferry/");
    let lead = |name| page.attribute("figure.lead-image img", name);
    assert_eq!((lead("width"), lead("height"), lead("alt")), ("1000".into(), "500".into(), "A ferry".into()));
    assert_eq!(lead("fetchpriority"), "high");
    assert_eq!(page.count("figure.lead-image img[loading]"), 0);
    let inline = |name| page.attribute(".e-content figure picture img", name);
    assert_eq!((inline("width"), inline("height"), inline("alt")), ("500".into(), "250".into(), "A view".into()));
    assert_eq!((inline("loading"), inline("decoding")), ("lazy".into(), "async".into()));
    assert_eq!(page.one(".e-content figcaption"), "Far");
    for (selector, extension, widths) in [
        ("figure.lead-image img", "jpg", vec!["400w", "800w", "1000w"]),
        ("figure.lead-image source[type='image/webp']", "webp", vec!["400w", "800w", "1000w"]),
        (".e-content img", "png", vec!["400w", "500w"]),
        (".e-content source[type='image/webp']", "webp", vec!["400w", "500w"]),
    ] {
        let set = page.attribute(selector, "srcset");
        let candidates: Vec<(&str, &str)> = set.split(", ").filter_map(|one| one.split_once(' ')).collect();
        assert_eq!(candidates.iter().map(|(_, width)| *width).collect::<Vec<_>>(), widths, "{selector}");
        for (url, _) in candidates {
            let path = url.strip_prefix("/daily/").expect("the base path");
            assert!(url.ends_with(extension) && built.has(path), "{url}");
        }
        assert!(!page.attribute(selector, "sizes").is_empty());
    }
    assert!(built.has(page.attribute(".e-content img", "src").strip_prefix("/daily/").expect("the base path")));
}

#[test]
fn elsewhere_one_size_stands_for_the_image() {
    let site = site()
        .config("base_url: https://paper.example/daily/\nfeeds: {atom: true, json: true}")
        .file("content/authors.yaml", "copy-desk: {name: The Copy Desk, image: news/lead.jpg}\n")
        .file("content/news/ferry.md", format!("---\n{FRONT}\nauthors: [copy-desk]\n---\n![A view](view.png)\n"));
    let built = site.build();
    let page = built.page("/news/ferry/");
    let shared = page.attribute("meta[property='og:image']", "content");
    let path = shared.strip_prefix("https://paper.example/daily/").expect("absolute");
    assert!(path.ends_with(".1000.jpg") && built.has(path), "{path}");
    assert_eq!(page.json_ld()["image"], shared.as_str());
    let feed: serde_json::Value = serde_json::from_str(built.text("/feed.json")).expect("JSON");
    assert_eq!(feed["items"][0]["image"], shared.as_str());
    let html = feed["items"][0]["content_html"].as_str().expect("HTML");
    assert!(html.contains("<img src=\"https://paper.example/daily/_images/view."), "{html}");
    assert!(!html.contains("<picture") && !html.contains("srcset"), "{html}");
    let author = built.page("/authors/copy-desk/");
    assert!(author.attribute("main picture img.portrait", "src").ends_with(".400.jpg"));
}

#[test]
fn a_later_build_decodes_nothing_and_writes_nothing() {
    let site = (0..12).fold(site(), |site, at| {
        site.file(&format!("content/news/p{at}.jpg"), photo::jpeg(64, 48, at, 1))
            .file(&format!("content/news/p{at}.md"), format!("---\ntitle: P{at}\n---\nText.\n\n![A](p{at}.jpg)\n"))
    });
    let first = site.build();
    assert_eq!((first.report().images, first.report().printed), (14, 14));
    let again = site.build();
    let counts = |built: &Built| (built.report().printed, built.report().written, built.report().rendered);
    assert_eq!(counts(&again), (0, 0, 0));
    // Another body: everything is planned anew.
    let site = site.file("content/news/p3.md", "---\ntitle: P3\n---\nText.\n\nMore. ![A](p3.jpg)\n");
    let edited = site.build();
    assert_eq!((edited.report().images, edited.report().printed), (14, 0));
    assert_eq!(edited.report().written, 1);
    // The output is lost, but not what was made for it.
    std::fs::remove_dir_all(site.root().join("public")).expect("it is there");
    assert_eq!(site.build().report().printed, 0);
    // And the other way round.
    std::fs::remove_dir_all(site.root().join(".byline")).expect("it is there");
    assert_eq!(counts(&site.build()), (0, 0, 0));
}

#[test]
fn an_image_is_replaced_removed_and_comes_back() {
    let site = site();
    let before = site.build();
    let site = site.file("content/news/view.png", photo::png(500, 250, 3));
    let replaced = rebuilt(&site);
    assert_eq!(prints(&replaced), prints(&before));
    let kept = |path: &&&str| path.starts_with("_images/") && before.has(path);
    assert_eq!(replaced.paths().iter().filter(kept).count(), 6, "those of the lead alone");
    let site = site.file("content/news/ferry.md", format!("---\n{FRONT}\n---\nNo view.\n"));
    assert_eq!(prints(&rebuilt(&site)).len(), 6);
    let drawer = std::fs::read_dir(site.root().join(".byline/images")).expect("the drawer").count();
    assert_eq!(drawer, 6, "nothing is kept that is not shown");
    let site = site.file("content/news/ferry.md", format!("---\n{FRONT}\n---\n![A view](view.png)\n"));
    assert!(rebuilt(&site).files() != before.files());
}

#[test]
fn a_damaged_print_is_made_again() {
    let site = site();
    let first = site.build();
    for (at, entry) in std::fs::read_dir(site.root().join(".byline/images")).expect("the drawer").enumerate() {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a print");
        std::fs::write(&path, if at % 2 == 0 { &bytes[..bytes.len() / 2] } else { b"nothing" }).expect("damaged");
    }
    std::fs::remove_dir_all(site.root().join("public")).expect("it is there");
    let again = site.build();
    assert!(again.files() == first.files());
    assert_eq!(again.report().printed, 2);
    assert!(again.report().cache_damaged);
}

#[test]
fn what_is_linked_to_is_published_whole_but_for_its_metadata() {
    let bundle = "---\ntitle: B\nimage: {src: own.jpg, alt: O}\n---\n[large](../lead.jpg)\n";
    let built = site()
        .file("content/news/bundle/index.md", bundle)
        .file("content/news/bundle/own.jpg", photo::jpeg(60, 40, 5, 6))
        .file("content/news/bundle/unseen.jpg", photo::jpeg(60, 40, 6, 1))
        .file("static/kept.jpg", photo::jpeg(60, 40, 7, 1))
        .file("static/shown.jpg", photo::jpeg(60, 40, 8, 1))
        .file("content/news/static.md", "---\ntitle: S\n---\n![Shown](/shown.jpg)\n")
        .build();
    assert!(built.has("news/lead.jpg") && built.has("news/bundle/own.jpg") && built.has("news/bundle/unseen.jpg"));
    assert_eq!(built.naming(SECRET), ["kept.jpg"], "static/ is copied as it stands, but for what articles show");
    assert!(prints(&built).contains(&"shown.60.webp".to_owned()));
    let own = image::load_from_memory(built.bytes("news/lead.jpg")).expect("an image");
    assert_eq!((own.width(), own.height()), (500, 1000), "as it is stored: browsers turn it");
}

#[test]
fn drafts_and_hidden_articles_show_nothing() {
    let built = Site::new()
        .file(
            "content/a/draft.md",
            "---\ntitle: D\ndraft: true\nimage: {src: plans.jpg, alt: P}\n---\n![P](plans.jpg)\n",
        )
        .file("content/a/held/index.md", "---\ntitle: H\ndate: 2099-01-01\n---\n![P](plans.jpg)\n")
        .file("content/a/plans.jpg", photo::jpeg(60, 40, 1, 1))
        .file("content/a/held/plans.jpg", photo::jpeg(60, 40, 2, 1))
        // Nobody is told of what nobody shows.
        .file("content/a/broken.jpg", "no image")
        .build();
    assert_eq!(built.naming("plans"), [""; 0]);
    assert_eq!((prints(&built).len(), built.report().printed, built.report().diagnostics.len()), (0, 0, 0));
}

#[test]
fn what_cannot_be_published_is_an_error_at_its_place() {
    let page = |target: &str| format!("---\ntitle: A\n---\nText.\n\n![A view]({target})\n");
    let site = || Site::new().file("content/a/bomb.png", photo::bomb()).file("content/a/note.jpg", "a note");
    let fault = site().file("content/a/one.md", page("bomb.png")).fails_once_with(Code::Image);
    assert_eq!(place(&fault), "content/a/one.md:6:1");
    let message =
        "the image `bomb.png` cannot be published: it has 60000 × 60000 pixels, and 120000000 pixels are the most";
    assert_eq!(fault.message, message);
    assert_eq!(fault.hint.as_deref(), Some("make it smaller, or raise `images.max_pixels` in site.yaml"));
    let fault = site().file("content/a/one.md", page("note.jpg")).fails_once_with(Code::Image);
    assert_eq!(fault.message, "the image `note.jpg` cannot be published: the file is no image");
    let cut = &photo::jpeg(300, 300, 1, 1)[..5000];
    let fault = site().file("content/a/cut.jpg", cut).file("content/a/one.md", page("cut.jpg"));
    assert!(fault.fails_once_with(Code::Image).message.ends_with("the file ends before the image does"));
    let lead = "---\ntitle: A\nimage: {src: note.jpg, alt: N}\n---\nText.\n";
    assert_eq!(place(&site().file("content/a/one.md", lead).fails_once_with(Code::Image)), "content/a/one.md:3:8");
    // What would tell of its author is no matter of taste.
    let private = site().config("links: {broken: warn}").file("content/a/one.md", page("far.avif"));
    let private =
        private.file("content/a/far.avif", b"\0\0\0\x1cftypavif....infe....Exif").fails_once_with(Code::Image);
    assert!(private.message.ends_with("it holds metadata that cannot be taken out of a file of its format"));
    // An archive has seen worse.
    let built = site().config("links: {broken: warn}").file("content/a/one.md", page("note.jpg")).build();
    let warnings = built.warnings(Code::Image);
    assert!(warnings.len() == 1 && warnings[0].severity == Severity::Warning);
    assert_eq!(built.page("/a/one/").attribute(".e-content img", "src"), "/a/note.jpg");
}

#[test]
fn what_turns_out_to_be_damaged_in_the_darkroom_is_an_error_at_its_place() {
    let mut damaged = photo::png(200, 200, 1);
    let middle = damaged.len() / 2;
    damaged[middle..middle + 40].fill(0);
    let site = Site::new()
        .file("content/a/view.png", damaged)
        .file("content/a/one.md", "---\ntitle: A\n---\n![A view](view.png)\n")
        .file("content/a/two.md", "---\ntitle: B\n---\n![A view](view.png)\n");
    let fault = site.fails_once_with(Code::Image);
    assert_eq!(place(&fault), "content/a/one.md:4:1");
    assert!(
        fault.message.starts_with("the image content/a/view.png cannot be published: it is damaged ("),
        "{}",
        fault.message
    );
}

#[test]
fn drawings_and_what_moves_pass_as_they_are() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='200'/>";
    let built = Site::new()
        .file("content/a/plan.svg", drawing)
        .file("content/a/wave.gif", photo::moving_gif())
        .file("content/a/one.md", "---\ntitle: A\n---\n![Plan](plan.svg)\n\n![Wave](wave.gif)\n")
        .build();
    assert_eq!(built.text("a/plan.svg"), drawing);
    assert_eq!(built.bytes("a/wave.gif"), photo::moving_gif());
    let page = built.page("/a/one/");
    assert_eq!(page.attributes(".e-content img", "width"), ["300", "4"]);
    assert_eq!(page.attributes(".e-content img", "src"), ["/a/plan.svg", "/a/wave.gif"]);
    assert_eq!((page.count("picture"), page.count("img[srcset]"), prints(&built).len()), (0, 0, 0));
}

#[test]
fn raw_html_keeps_what_its_author_said() {
    let body = "<p><img src=view.png alt=A class=wide width=100><img alt='' src=view.png srcset='x.png 2x'>\n\
                <picture><source srcset=y.webp><img alt=B src=view.png></picture></p>\n";
    for mode in ["trusted", "sanitized"] {
        let built = site()
            .config(&format!("html: {mode}"))
            .file("content/news/ferry.md", format!("---\ntitle: F\n---\n{body}\n![C](view.png)\n"))
            .build();
        let page = built.page("/news/ferry/");
        let of = |name| page.attributes(".e-content picture img[srcset*='_images']", name);
        assert_eq!(of("alt"), ["A", "C"], "{mode}");
        assert_eq!(
            (of("width"), of("height"), of("class")),
            (vec!["100".into(), "500".into()], vec!["250".into()], vec!["wide".into()])
        );
        assert_eq!(of("loading").len(), 2, "{mode}");
        let whole = page.attributes(".e-content img[src='/news/view.png']", "alt");
        assert_eq!(whole, ["", "B"], "what the author gives in several sizes stays as it is: {mode}");
        assert!(built.has("news/view.png"));
    }
}

#[test]
fn site_yaml_says_in_which_sizes() {
    let with = |images: &str| site().config(&format!("images: {images}")).build();
    let one = with("{widths: [300], webp: false}");
    assert_eq!(prints(&one), ["lead.300.jpg", "view.300.png"]);
    assert_eq!(one.page("/news/ferry/").count("picture, [srcset]"), 0);
    assert_eq!(one.page("/news/ferry/").attribute(".e-content img", "width"), "300");
    assert_ne!(with("{quality: 30}").paths(), with("{quality: 90}").paths(), "another quality has other names");
    let off = with("{enabled: false}");
    assert_eq!(prints(&off), [""; 0]);
    let page = off.page("/news/ferry/");
    assert_eq!(page.attribute(".e-content img", "src"), "/news/view.png");
    assert_eq!(page.attribute(".lead-image img", "height"), "500", "as it is shown");
    assert!(off.has("news/lead.jpg") && off.naming(SECRET).is_empty());
    let fault = site().config("images: {widhts: [1]}").fails_once_with(Code::Config);
    assert_eq!((place(&fault).as_str(), fault.hint.as_deref()), ("site.yaml:4:10", Some("did you mean `widths`?")));
    for wrong in ["widths: []", "widths: [8]", "quality: 0", "quality: fine", "max_pixels: 0", "webp: no"] {
        site().config(&format!("images: {{{wrong}}}")).fails_once_with(Code::WrongType);
    }
}

#[test]
fn two_builds_on_other_threads_are_equal() {
    let build = |threads: usize| {
        let site = site();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| site.build().files().clone())
    };
    assert!(build(1) == build(4));
}

#[test]
fn nothing_of_a_name_breaks_out() {
    let name = "it's not & so.png";
    let built = Site::new()
        .file(&format!("content/a/{name}"), photo::png(40, 20, 1))
        .file("content/a/one.md", "---\ntitle: A\n---\n![\\<b>\"A\"](<it's not & so.png>)\n")
        .build();
    let page = built.page("/a/one/");
    assert_eq!(
        page.attribute(".e-content img", "alt"),
        "<b>\"A\"".replace('"', "\u{201d}").replacen('\u{201d}', "\u{201c}", 1)
    );
    assert!(built.has(page.attribute(".e-content img", "src").trim_start_matches('/')));
    assert_eq!(page.count(".e-content b"), 0);
}
