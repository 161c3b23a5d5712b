//! Edits of what is asked of the builds: the moment, drafts, the address, which output.

use crate::bench::Bench;
use crate::edit::Kind;

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("the clock set forward", 4, |bench| clock(bench, true)),
    Kind::of("the clock set back", 3, |bench| clock(bench, false)),
    Kind::of("the same moment, asked for or the present", 6, |bench| {
        // What is to come is missed in the ledger only at present.
        match bench.asked.as_of.take() {
            Some(moment) => bench.asked.now = moment,
            None => bench.asked.as_of = Some(bench.asked.now.clone()),
        }
        Some(format!("--as-of {:?}, at {}", bench.asked.as_of, bench.asked.now))
    }),
    Kind::of("drafts", 2, |bench| {
        bench.asked.drafts = !bench.asked.drafts;
        Some(format!("--drafts: {}", bench.asked.drafts))
    }),
    Kind::of("an address by request", 2, |bench| {
        let urls = [None, Some("https://elsewhere.example/"), Some("https://paper.example/branch/")];
        let url = urls[bench.dice.place(urls.len())];
        (url != bench.asked.base_url).then(|| {
            bench.asked.base_url = url;
            format!("--base-url: {url:?}")
        })
    }),
    Kind::of("strictness", 2, |bench| {
        bench.asked.strict = !bench.asked.strict;
        Some(format!("--strict: {}", bench.asked.strict))
    }),
    Kind::of("recording", 2, |bench| {
        bench.asked.record = !bench.asked.record;
        Some(format!("--record: {}", bench.asked.record))
    }),
    Kind::of("the other output", 4, |bench| {
        bench.asked.output = 1 - bench.asked.output;
        Some(format!("--output: number {}", bench.asked.output))
    }),
];

/// Moments around the dates of articles, in the zones that they are read in, ascending.
const MOMENTS: &[&str] = &[
    "2023-01-01T00:00:00Z",
    "2024-01-31T22:59:59Z",
    "2024-02-01T12:00:00Z",
    "2024-02-10T08:00:00Z",
    "2024-02-29T23:30:00Z",
    "2024-03-01T12:00:00Z",
    "2024-03-01T12:00:01Z",
    "2024-03-04T22:59:59Z",
    "2024-03-04T23:00:00Z",
    "2024-03-05T12:00:00Z",
    "2024-03-09T23:00:00Z",
    "2024-03-31T01:30:00Z",
    "2024-04-30T22:00:00Z",
    "2025-01-01T00:00:00Z",
];

fn clock(bench: &mut Bench, forward: bool) -> Option<String> {
    let now = bench.asked.as_of.clone().unwrap_or_else(|| bench.asked.now.clone());
    let fitting = MOMENTS.iter().filter(|moment| if forward { **moment > &*now } else { **moment < &*now });
    let mut fitting: Vec<&str> = fitting.copied().collect();
    if bench.dice.once_in(2) {
        // The nearest one.
        fitting = if forward { fitting.first() } else { fitting.last() }.into_iter().copied().collect();
    }
    let moment = bench.pick(fitting)?.to_owned();
    let asked = &mut bench.asked;
    let told = format!("{} {moment}", if asked.as_of.is_some() { "--as-of" } else { "now" });
    match &mut asked.as_of {
        Some(as_of) => *as_of = moment,
        // Once the clock has been set by request, it stays so until the present is asked for.
        None if bench.dice.once_in(2) => asked.as_of = Some(moment),
        None => asked.now = moment,
    }
    Some(told)
}
