//! What the interface says beside what articles say: labels, sentences, plural forms, names of months, patterns of dates. Each
//! language has a file of them in every layer (the site's, its themes', the built-in one); a page gets one complete set, put
//! together key by key.

mod format;
mod plural;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use serde::{Serialize, Serializer};

pub use format::{NAMES, fill, gaps, localised};
pub use plural::{FORMS, form};

/// The language in which every text exists: the last resort.
pub const LAST_RESORT: &str = "en";

/// The key below which a site keeps strings of its own.
pub const EXTRA: &str = "extra";

/// What a key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A text, perhaps with gaps to be filled: `Page {number}`.
    Text(String),
    /// A text in the forms that numbers take (`one`, `other` …), and the language whose rules tell which.
    Counted(String, BTreeMap<String, String>),
    /// Names in order: those of months, from January; those of days, from Monday.
    List(Vec<String>),
    /// A site's own texts by key.
    Extra(BTreeMap<String, String>),
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::List(names) => names.serialize(serializer),
            Self::Extra(texts) => texts.serialize(serializer),
            Self::Counted(language, forms) => {
                // Whoever picks a form needs the rules of the language that it is in.
                let language = ("language", language.as_str());
                let all = forms.iter().map(|(form, text)| (form.as_str(), text.as_str())).chain([language]);
                serializer.collect_map(all)
            }
        }
    }
}

/// The complete set of one language, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Strings(BTreeMap<String, Said>);

impl Strings {
    /// The text of a key as it stands; nothing, where there is none.
    pub fn text(&self, key: &str) -> &str {
        match self.0.get(key) {
            Some(Said::Text(text)) => text,
            _ => "",
        }
    }

    /// The text of a key with its gaps filled.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        fill(self.text(key), |gap| gaps.iter().find(|(name, _)| *name == gap).map(|(_, text)| (*text).into()))
    }

    /// A date by the pattern of a key (`date_long`, `date_month` …), with this language's names.
    pub fn date(&self, pattern: &str, time: DateTime) -> String {
        let pattern = localised(self.text(pattern), time, |list, at| match self.0.get(list) {
            Some(Said::List(names)) => names.get(at).cloned(),
            _ => None,
        });
        // Patterns were tried when they were read.
        jiff::fmt::strtime::format(&pattern, time).unwrap_or_default()
    }
}

/// The strings of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StringsFile {
    /// The language that the file is named for (BCP 47), in lower case.
    pub language: String,
    /// What it says, by key.
    pub said: BTreeMap<String, Said>,
}

/// All files of strings: layers, the topmost first.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// The files of each layer.
    pub layers: Vec<Vec<StringsFile>>,
}

impl Lexicon {
    /// The languages that a page of one language takes its strings from, in order: its own and those that it is a kind of, then
    /// likewise the site's, then English. Languages without a file are left out, so that there are not more such lists than files
    /// allow, whatever languages articles name.
    pub fn languages(&self, of_page: &str, of_site: &str) -> Vec<String> {
        let known: BTreeSet<&str> = self.layers.iter().flatten().map(|file| file.language.as_str()).collect();
        let mut chain: Vec<String> = Vec::new();
        for language in [of_page, of_site, LAST_RESORT] {
            for kind in kinds(language) {
                if known.contains(kind.as_str()) && !chain.contains(&kind) {
                    chain.push(kind);
                }
            }
        }
        chain
    }

    /// The complete set for such a list of languages: of each key the first language's, and in that language the topmost layer's.
    pub fn strings(&self, languages: &[String]) -> Strings {
        let mut all: BTreeMap<String, Said> = BTreeMap::new();
        let mut extra: BTreeMap<String, String> = BTreeMap::new();
        for language in languages {
            for file in self.layers.iter().flatten().filter(|file| file.language == *language) {
                for (key, said) in &file.said {
                    match said {
                        Said::Extra(own) => own.iter().for_each(|(key, text)| {
                            extra.entry(key.clone()).or_insert_with(|| text.clone());
                        }),
                        _ => {
                            all.entry(key.clone()).or_insert_with(|| said.clone());
                        }
                    }
                }
            }
        }
        all.insert(EXTRA.to_owned(), Said::Extra(extra));
        Strings(all)
    }
}

/// A language and those that it is a kind of: `zh-hans-cn`, `zh-hans`, `zh`.
fn kinds(language: &str) -> impl Iterator<Item = String> {
    let whole = language.to_ascii_lowercase();
    std::iter::successors(Some(whole), |kind| kind.rsplit_once('-').map(|(above, _)| above.to_owned()))
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: &[&str] =
    &["ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ps", "sd", "ug", "ur", "uz-af", "yi"];

/// `rtl` or `ltr`, by the script if the language tag (BCP 47) names one, or else by the language.
pub fn direction(language: &str) -> &'static str {
    let whole = language.to_ascii_lowercase();
    let mut parts = whole.split('-');
    let primary = parts.next().unwrap_or("");
    let script = parts.find(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic()));
    let rtl = match script {
        Some(script) => matches!(script, "arab" | "hebr" | "syrc" | "thaa" | "nkoo" | "adlm" | "rohg"),
        None => RIGHT_TO_LEFT.iter().any(|known| *known == primary || *known == whole),
    };
    if rtl { "rtl" } else { "ltr" }
}
