//! Which of its forms a text takes beside a number: the plural rules of the CLDR.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// The forms that languages have, by the CLDR's names.
pub const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The form for a whole number in a language (BCP 47); `other` where the rules of that language are not known.
pub fn form(language: &str, number: usize) -> &'static str {
    let primary = language.split('-').next().unwrap_or(language);
    let Ok(language) = primary.parse::<LanguageIdentifier>() else { return "other" };
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL);
    match rules.and_then(|rules| rules.select(number)) {
        Ok(PluralCategory::ZERO) => "zero",
        Ok(PluralCategory::ONE) => "one",
        Ok(PluralCategory::TWO) => "two",
        Ok(PluralCategory::FEW) => "few",
        Ok(PluralCategory::MANY) => "many",
        Ok(PluralCategory::OTHER) | Err(_) => "other",
    }
}
