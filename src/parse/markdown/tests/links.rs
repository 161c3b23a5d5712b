//! Links: what leaves the site, what stays in it, and where each stands.

use super::{html, noticed, prose};
use crate::model::body::LinkKind;
use crate::model::code::Code;
use crate::model::diagnostic::Position;
use crate::model::path::SitePath;

#[test]
fn links_that_leave_are_written_and_links_within_are_holes() {
    assert_eq!(
        html(
            "[a](https://example.org/x?a=1&b=2 \"T\") [b](b.md#c \"U\") [d](/e/) [f](#g) [h](@/i.md) [j](//k.example)\n"
        ),
        "<p><a href=\"https://example.org/x?a=1&amp;b=2\" title=\"T\">a</a> {0 title=\"U\">}b{<0} {1>}d{<1} {2>}f{<2} \
         {3>}h{<3} <a href=\"//k.example\">j</a></p>\n"
    );
}

#[test]
fn targets_are_decoded_and_placed() {
    let prose = prose("É [a](<b c.md>) x\n\n> [b]\n\n[b]: d&amp;e.md\n");
    let links: Vec<(&str, Position)> = prose.links.iter().map(|link| (&*link.target, link.position)).collect();
    assert_eq!(links, [("b c.md", Position::new(1, 3)), ("d&e.md", Position::new(3, 3))]);
}

#[test]
fn places_count_from_the_start_of_the_file() {
    let text = "---\ntitle: T\n---\nSee [a](b.md) and <i>x</i>\n<a href=\"c.md\">d</a>\n";
    let options = super::options(crate::model::config::HtmlMode::Trusted);
    let prose = super::super::parse(text, 17, &SitePath::new("content/a.md"), &options, &mut Default::default());
    let places: Vec<Position> = prose.links.iter().map(|link| link.position).collect();
    assert_eq!(places, [Position::new(4, 5), Position::new(5, 4)]);
}

#[test]
fn html_in_a_quotation_is_placed_behind_its_marks() {
    let prose = prose("> <div>\n> <a href=\"x.md\">x</a>\n> </div>\n");
    assert_eq!(prose.links[0].position, Position::new(2, 6));
}

#[test]
fn wikilinks_name_titles() {
    let prose = prose("[[Harbour: a history]] and [[Other|the *other*]]\n");
    assert_eq!(super::shown(&prose.body), "<p>{0>}Harbour: a history{<0} and {1>}the <em>other</em>{<1}</p>\n");
    let links: Vec<(&str, LinkKind)> = prose.links.iter().map(|link| (&*link.target, link.kind)).collect();
    assert_eq!(links, [("Harbour: a history", LinkKind::Wiki), ("Other", LinkKind::Wiki)]);
}

#[test]
fn images_within_the_site_are_holes_and_those_without_a_text_are_noted() {
    let prose = prose("![a](b.png) and ![c](https://example.org/d.png)\n");
    assert_eq!(prose.links[0].kind, LinkKind::Image);
    assert!(prose.diagnostics.is_empty());
    assert_eq!(
        super::shown(&prose.body),
        "<p><img{0 src} alt=\"a\" loading=\"lazy\"> and <img src=\"https://example.org/d.png\" alt=\"c\" loading=\"lazy\"></p>\n"
    );
}

#[test]
fn an_image_without_a_text_is_a_warning_at_its_place() {
    let prose = prose("A\n\nB ![](b.png) and ![ ](https://example.org/d.png) <img src=e.png> <img alt='' src=f.png>\n");
    let places: Vec<_> = prose.diagnostics.iter().map(|note| note.mark.as_ref().unwrap().position.unwrap()).collect();
    assert_eq!(places, [Position::new(3, 3), Position::new(3, 18), Position::new(3, 50)]);
    assert!(prose.diagnostics.iter().all(|note| note.code == Code::Alt));
}

#[test]
fn a_wikilink_may_name_an_image() {
    let prose = prose("a ![[chart one.png]]\n");
    assert_eq!((&*prose.links[0].target, prose.links[0].kind), ("chart one.png", LinkKind::Image));
}

#[test]
fn addresses_in_angle_brackets_link() {
    assert_eq!(
        html("<https://example.org/> <desk@example.org>\n"),
        "<p><a href=\"https://example.org/\">https://example.org/</a> <a href=\"mailto:desk@example.org\">desk@example.org</a></p>\n"
    );
}

#[test]
fn what_no_address_may_hold_is_percent_encoded() {
    assert_eq!(html("[a](<https://e.org/a b\"c`{é>)\n"), "<p><a href=\"https://e.org/a%20b%22c%60%7Bé\">a</a></p>\n");
}

#[test]
fn refused_schemes_are_dropped_with_a_warning_and_the_text_stays() {
    let prose = prose("a\n[b](javascript:alert) ![c](data:image/png;base64,AA) <vbscript:x>\n");
    assert_eq!(prose.body.html, "<p>a\nb c vbscript:x</p>\n");
    assert_eq!(noticed(&prose), [(2, 1, "scheme"), (2, 23, "scheme"), (2, 54, "scheme")]);
    assert!(prose.links.is_empty());
}
