//! What is planned, from small sites and what targets hold.

use super::*;

fn parcel(path: &str, text: &str, stage: Stage) -> Parcel {
    let content = Digest::of(text.as_bytes());
    Parcel { path: OutPath::new(path).unwrap(), content, sent: content, size: text.len() as u64, stage }
}

fn css(text: &str) -> Parcel {
    parcel(&format!("style-{}.css", Digest::of(text.as_bytes()).short()), text, Stage::Asset)
}

fn paths(plan: &Plan) -> Vec<&str> {
    plan.puts.iter().map(|put| put.parcel.path.as_str()).collect()
}

fn keys(plan: &Plan) -> Vec<Digest> {
    plan.gone.iter().map(|gone| gone.key).collect()
}

#[test]
fn assets_then_pages_then_announcements_and_the_new_before_the_replaced() {
    let old = [parcel("a/index.html", "1", Stage::Page), parcel("same.html", "1", Stage::Page)];
    let standing = plan(&old, &Sheet::default()).next;
    let new = [
        parcel("feed.xml", "1", Stage::Announcement),
        parcel("a/index.html", "2", Stage::Page),
        parcel("same.html", "1", Stage::Page),
        parcel("z/index.html", "1", Stage::Page),
        parcel("z.png", "1", Stage::Asset),
    ];
    let plan = plan(&new, &standing);
    assert_eq!(paths(&plan), ["z.png", "z/index.html", "a/index.html", "feed.xml"]);
    assert_eq!((plan.added(), plan.changed(), plan.bytes()), (3, 1, 4));
    assert_eq!(plan.groups().map(<[Put]>::len).collect::<Vec<_>>(), [1, 1, 1, 1]);
}

#[test]
fn removals_go_the_other_way_round() {
    let old = [
        parcel("a.png", "1", Stage::Asset),
        parcel("b.html", "1", Stage::Page),
        parcel("c.xml", "1", Stage::Announcement),
    ];
    let plan = plan(&[], &plan(&old, &Sheet::default()).next);
    assert_eq!(keys(&plan), [key("c.xml"), key("b.html"), key("a.png")]);
    assert!(plan.next.rows.is_empty());
}

#[test]
fn a_fingerprinted_asset_stays_for_one_edition() {
    let page = |text| parcel("index.html", text, Stage::Page);
    let first = plan(&[css("1"), page("1")], &Sheet::default()).next;
    let second = plan(&[css("2"), page("2")], &first);
    assert!(second.gone.is_empty());
    assert!(second.next.rows[&key(css("1").path.as_str())].outgoing);
    // Nothing changes: nothing goes.
    let again = plan(&[css("2"), page("2")], &second.next);
    assert!(again.is_empty());
    assert_eq!(again.next, second.next);
    let third = plan(&[css("2"), page("3")], &second.next);
    assert_eq!(keys(&third), [key(css("1").path.as_str())]);
    assert_eq!(third.next.rows.len(), 2);
    // Back in use, it is an asset like any other.
    let back = plan(&[css("1"), page("4")], &second.next);
    assert_eq!(paths(&back), ["index.html"]);
    assert!(!back.next.rows[&key(css("1").path.as_str())].outgoing);
}

#[test]
fn what_was_being_sent_is_sent_again_and_known_by_both_contents() {
    let page = |text| parcel("index.html", text, Stage::Page);
    let first = plan(&[page("1")], &Sheet::default()).next;
    let change = plan(&[page("2")], &first);
    let cut = change.under_way(&first);
    let state = cut.rows[&key("index.html")].state.clone();
    assert!(state.allows(page("1").sent) && state.allows(page("2").sent) && !state.allows(page("3").sent));
    let resumed = plan(&[page("2")], &cut);
    assert_eq!(paths(&resumed), ["index.html"]);
    // A resumed change is the one that was cut short: the target is told nothing new.
    assert_eq!(resumed.under_way(&cut), cut);
    // Cut once more, in another edition, it may still be what it was before both.
    let third = plan(&[page("3")], &cut).under_way(&cut);
    assert!(["1", "2", "3"].iter().all(|text| third.rows[&key("index.html")].state.allows(page(text).sent)));
    let other = plan(&[], &cut);
    assert_eq!(keys(&other), [key("index.html")]);
}

#[test]
fn a_sheet_survives_its_file_and_any_damage_is_noticed() {
    let sheet = plan(&[css("1"), parcel("a", "2", Stage::Page)], &Sheet::default()).next;
    let bytes = sheet.encode();
    assert_eq!(Sheet::decode(&bytes), Some(sheet));
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(Sheet::decode(&damaged), None);
        assert_eq!(Sheet::decode(&bytes[..at]), None);
    }
}
