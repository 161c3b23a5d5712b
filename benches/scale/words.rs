//! The vocabulary of the collection: words, headings' cases, sentences, desks and tags.

use std::collections::BTreeSet;

use crate::random::{Random, Ranks};

/// The commonest words, in the order of their frequency.
const FREQUENT: &str = "the of and a to in for on at by with from that this is was were be are it its they their he she his \
    her we our you your who which what when where while after before since until between under over through across \
    about against during without within along around behind beyond near off up down out not no but or if as than then so \
    because although however still even only just also again once soon later early late now here there each every both \
    few many more most other some such all any one two three four five six seven ten dozen hundred thousand first second \
    last next new old long short high low great small large young open closed public private local national";

/// What a paper writes about.
const TOPICAL: &str = "harbour ferry quay tide lighthouse sailor cargo dock bridge river lake storm flood drought frost \
    orchard harvest mill bakery market grocer butcher tailor weaver potter printer editor reporter archive library museum \
    theatre orchestra choir painter sculptor gallery novel poem letter diary map atlas compass telescope observatory comet \
    planet eclipse laboratory experiment theory proof equation vaccine clinic surgeon nurse patient ministry council mayor \
    senate ballot treaty tariff budget ledger bank loan bond auction factory foundry engine turbine battery cable antenna \
    signal satellite railway tram station platform timetable ticket bicycle motorway tunnel school teacher pupil lecture \
    exam stadium referee goal innings relay marathon chess garden beech willow heron otter beetle meadow glacier summit \
    valley desert island village suburb avenue square cathedral cellar attic kitchen recipe kettle lantern candle winter";

const ONSETS: &[&str] = &[
    "b", "br", "c", "cl", "d", "dr", "f", "gl", "gr", "h", "k", "l", "m", "n", "p", "pl", "qu", "r", "s", "st", "t",
    "tr", "v", "w",
];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "ea", "ou", "ai"];
const CODAS: &[&str] = &["", "l", "n", "r", "s", "t", "m", "rd", "nt", "st", "ck", "lt"];
const ENDINGS: &[&str] = &["", "", "", "er", "ing", "ed", "al", "ic", "ful", "ness", "ship", "ward", "ance"];

/// The sections of the paper.
pub const SECTIONS: &[&str] =
    &["city", "world", "economy", "research", "stage", "fixtures", "letters", "workshop", "outdoors", "notebook"];
/// How many people sign articles.
pub const AUTHOR_COUNT: usize = 200;
/// How many tags there are.
pub const TAG_COUNT: usize = 500;
const WORD_COUNT: usize = 5_000;

/// All words, desks and tags of the collection, with how often each is drawn.
pub struct Vocabulary {
    words: Vec<String>,
    word_ranks: Ranks,
    /// The names that sign articles.
    pub authors: Vec<String>,
    /// How often each signs.
    pub author_ranks: Ranks,
    /// The tags.
    pub tags: Vec<String>,
    /// How often each is set.
    pub tag_ranks: Ranks,
}

impl Vocabulary {
    /// Makes the vocabulary; it is the same every time.
    pub fn new() -> Self {
        let mut random = Random::stream("vocabulary", 0);
        let mut words: Vec<String> =
            FREQUENT.split_whitespace().chain(TOPICAL.split_whitespace()).map(str::to_owned).collect();
        let mut known: BTreeSet<String> = words.iter().cloned().collect();
        while words.len() < WORD_COUNT {
            let word = coin(&mut random);
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let topics: Vec<&str> = TOPICAL.split_whitespace().collect();
        let tags = distinct(TAG_COUNT, |at| {
            if at < topics.len() {
                topics[at].to_owned()
            } else {
                format!("{} {}", random.pick(&topics), coin(&mut random))
            }
        });
        let authors = distinct(AUTHOR_COUNT, |_| format!("The {} Desk", capitalised(&coin(&mut random))));
        Self {
            words,
            word_ranks: Ranks::new(WORD_COUNT, 10),
            authors,
            author_ranks: Ranks::new(AUTHOR_COUNT, 15),
            tags,
            tag_ranks: Ranks::new(TAG_COUNT, 1),
        }
    }

    /// One word.
    pub fn word(&self, random: &mut Random) -> &str {
        &self.words[self.word_ranks.draw(random)]
    }

    /// A word long enough to name something by.
    pub fn name(&self, random: &mut Random) -> &str {
        let start = FREQUENT.split_whitespace().count();
        &self.words[random.between(start, WORD_COUNT - 1)]
    }

    /// Between `least` and `most` words, spaces between them.
    pub fn phrase(&self, least: usize, most: usize, random: &mut Random) -> String {
        let count = random.between(least, most);
        let words: Vec<&str> = (0..count).map(|_| self.word(random)).collect();
        words.join(" ")
    }

    /// A heading: a phrase with its first letter in upper case.
    pub fn heading(&self, least: usize, most: usize, random: &mut Random) -> String {
        capitalised(&self.phrase(least, most, random))
    }

    /// A sentence of ordinary length.
    pub fn sentence(&self, random: &mut Random) -> String {
        let first = self.heading(4, 11, random);
        let second = self.phrase(3, 11, random);
        let joint = *random.pick(&[" ", " ", ", ", "; ", " – "]);
        let end = if random.chance(8) { "?" } else { "." };
        format!("{first}{joint}{second}{end}")
    }
}

/// A word made of syllables.
fn coin(random: &mut Random) -> String {
    let syllables = *random.pick(&[1, 1, 1, 2, 2]);
    let mut word = String::new();
    for _ in 0..syllables {
        word.push_str(random.pick::<&str>(ONSETS));
        word.push_str(random.pick::<&str>(VOWELS));
    }
    word + *random.pick(CODAS) + *random.pick(ENDINGS)
}

/// `count` different texts from a maker that is asked by position.
fn distinct(count: usize, mut make: impl FnMut(usize) -> String) -> Vec<String> {
    let mut made = Vec::with_capacity(count);
    while made.len() < count {
        let text = make(made.len());
        if !made.contains(&text) {
            made.push(text);
        }
    }
    made
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
