//! theme.yaml, and the options that a site sets.

use serde_json::json;

use super::*;
use crate::model::front_matter::Extra;
use crate::model::path::SitePath;
use crate::model::theme::{OptionKind, QueryFilter, QueryList, QueryOrder};
use crate::parse::config::key_mark;

const THEME: &str = concat!(
    "name: plain\ntheme_api: 1\nparent: broadsheet\noptions:\n",
    "  accent: {type: choice, choices: [navy, ink], default: ink, description: Colour}\n",
    "  wide: {type: bool, default: true}\n  columns: {type: integer, default: 3}\n  motto: {type: text}\n  marks: {type: list, default: [a]}\n",
    "queries:\n  latest: {on: [home, section], list: articles, limit: 5, filter: {section: /news/}}\n",
    "  sections: {on: home, list: sections, each: 4, order: count}\n",
);

fn read(text: &str) -> Noted<Option<ThemeFile>> {
    parse(&Source::new(SitePath::new("themes/plain/theme.yaml"), text.as_bytes()))
}

fn messages(text: &str) -> Vec<String> {
    let noted = read(text);
    assert!(noted.value.is_none());
    noted.diagnostics.into_iter().map(|note| format!("{} ({})", note.message, note.hint.unwrap())).collect()
}

#[test]
fn a_theme_is_read_whole() {
    let noted = read(THEME);
    let theme = noted.value.unwrap_or_else(|| panic!("{:?}", noted.diagnostics));
    assert_eq!((theme.name.as_str(), theme.parent.as_deref()), ("plain", Some("broadsheet")));
    assert_eq!(theme.options[0].kind, OptionKind::Choice(vec!["navy".into(), "ink".into()]));
    let defaults: Vec<_> = theme.options.iter().map(|option| option.default.clone()).collect();
    assert_eq!(defaults, [json!("ink"), json!(true), json!(3), json!(""), json!(["a"])]);
    assert_eq!(theme.queries[0].filter, Some(QueryFilter::Section("news".into())));
    assert_eq!(
        (theme.queries[1].list, theme.queries[1].each, theme.queries[1].order),
        (QueryList::Sections, 4, QueryOrder::Count)
    );
    assert_eq!(theme.queries[1].on, ["home"]);
}

#[test]
fn faults_of_a_theme_are_errors() {
    assert_eq!(messages("theme_api: 1\n"), ["theme.yaml has no `name` (add the name of the theme's folder)"]);
    assert!(messages("name: x\ntheme_api: 2\n")[0].contains("version 2"));
    let start = "name: x\ntheme_api: 1\n";
    assert_eq!(messages(&format!("{start}queires: {{}}\n")), ["unknown key `queires` (did you mean `queries`?)"]);
    assert!(messages(&format!("{start}options: {{a: {{type: choice}}}}\n"))[0].contains("no `choices`"));
    assert!(
        messages(&format!("{start}options: {{a: {{type: bool, default: maybe}}}}\n"))[0]
            .contains("default of `a` must be true or false")
    );
    assert!(messages(&format!("{start}options: {{a: {{type: boolean}}}}\n"))[0].contains("options.a.type"));
    assert!(
        messages(&format!("{start}queries: {{q: {{on: hoem, list: tags}}}}\n"))[0].contains("did you mean `home`?")
    );
    assert!(messages(&format!("{start}queries: {{q: {{on: home}}}}\n"))[0].contains("no `list`"));
    assert!(
        messages(&format!("{start}queries: {{q: {{on: home, list: tags, limit: 0}}}}\n"))[0].contains("from 1 to 1000")
    );
}

#[test]
fn options_of_a_site_are_checked() {
    let theme = read(THEME).value.unwrap();
    let text = "theme_options:\n  acent: navy\n  accent: nvay\n  wide: 'yes'\n";
    let source = Source::new(SitePath::new("site.yaml"), text.as_bytes());
    let set = |value: serde_json::Value| {
        let site: Extra = value.as_object().unwrap().clone();
        check_options(&theme.options, &site, |key| key_mark(&source, &["theme_options", key]))
    };
    let noted = set(json!({"accent": "navy", "motto": 7}));
    assert!(noted.diagnostics.is_empty());
    let expected = json!({"accent": "navy", "wide": true, "columns": 3, "motto": "7", "marks": ["a"]});
    assert_eq!(serde_json::Value::Object(noted.value), expected);
    let noted = set(json!({"acent": "navy", "accent": "nvay", "wide": "yes"}));
    let hints: Vec<_> = noted.diagnostics.iter().map(|note| (note.code, note.hint.clone().unwrap())).collect();
    assert_eq!(
        hints,
        [
            (Code::WrongType, "did you mean `navy`?".to_owned()),
            (Code::WrongType, "its default is true".to_owned()),
            (Code::Config, "did you mean `accent`?".to_owned()),
        ]
    );
    let lines: Vec<u32> =
        noted.diagnostics.iter().map(|note| note.mark.clone().unwrap().position.unwrap().line).collect();
    assert_eq!(lines, [3, 4, 2]);
    assert_eq!(noted.value["accent"], "ink");
}
