//! Which encoding a text is in, told by its bytes alone.
//!
//! UTF-8 proves itself. What is not UTF-8 is told by how its bytes beyond ASCII lie: alone among ASCII letters in Western European
//! text, in runs in Cyrillic, in pairs whose first bytes have a range of their own in Chinese, Japanese and Korean.

use encoding_rs::Encoding;

/// How many bytes are looked at.
const SAMPLE: usize = 256 * 1024;

/// What the bytes of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// ASCII alone, or with a byte order mark that says what it is: right in any encoding.
    Any,
    /// Text in the encoding of a label.
    Label(&'static str),
    /// No text.
    Binary,
}

/// Looks at the bytes of a file.
pub fn detect(bytes: &[u8]) -> Found {
    if Encoding::for_bom(bytes).is_some() {
        return Found::Any;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.contains(&0) {
        return wide(sample);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return if bytes.is_ascii() { Found::Any } else { Found::Label("utf-8") };
    }
    Found::Label(legacy(sample))
}

/// Whether a text can be read in an encoding.
pub fn fits(bytes: &[u8], label: &str) -> bool {
    let known = Encoding::for_label(label.as_bytes());
    known.is_some_and(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some())
}

/// UTF-16 without a mark has its zeros on one side.
fn wide(sample: &[u8]) -> Found {
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    match (even, odd) {
        (even, odd) if odd > half / 2 && even * 20 < odd.max(1) => Found::Label("utf-16le"),
        (even, odd) if even > half / 2 && odd * 20 < even.max(1) => Found::Label("utf-16be"),
        _ => Found::Binary,
    }
}

/// Which of the older encodings.
fn legacy(sample: &[u8]) -> &'static str {
    let high = sample.iter().filter(|byte| **byte >= 0x80).count().max(1);
    let in_runs = sample
        .iter()
        .enumerate()
        .filter(|(at, byte)| {
            let near = |at: Option<usize>| at.and_then(|at| sample.get(at)).is_some_and(|byte| *byte >= 0x80);
            **byte >= 0x80 && (near(at.checked_sub(1)) || near(at.checked_add(1)))
        })
        .count();
    // Half of Big5's and Shift_JIS's second bytes look like ASCII: their first bytes stand alone as those of French do. There, they
    // are followed by a letter of a word; in Chinese, most of the text is beyond ASCII.
    let dense = high * 4 > sample.len();
    if in_runs * 10 < high * 6 && !dense {
        return "windows-1252";
    }
    let pairs = pairs(sample);
    let share = |test: &dyn Fn(u8, u8) -> bool| {
        pairs.iter().filter(|(lead, trail)| test(*lead, *trail)).count() * 100 / pairs.len().max(1)
    };
    let candidates: [(&'static str, usize); 5] = [
        ("shift_jis", share(&|lead, trail| matches!(lead, 0x82 | 0x83) && trail >= 0x40) * 4),
        ("euc-jp", share(&|lead, trail| matches!(lead, 0xa4 | 0xa5) && trail >= 0xa1) * 3),
        ("euc-kr", share(&|lead, trail| (0xb0..=0xc8).contains(&lead) && trail >= 0xa1)),
        ("big5", share(&|lead, trail| (0xa4..=0xc6).contains(&lead) && (0x40..=0x7e).contains(&trail)) * 2),
        ("gb18030", share(&|lead, trail| (0xb0..=0xd7).contains(&lead) && trail >= 0xa1)),
    ];
    let good = |label: &str| fits(whole(sample), label);
    let asian = candidates.iter().filter(|(label, _)| good(label)).max_by_key(|(label, score)| {
        // Korean and Chinese share their first bytes; Chinese uses those beyond Korean's, too.
        let korean = *label == "euc-kr" && *score >= 90;
        (if *label == "euc-kr" && !korean { 0 } else { *score }, korean)
    });
    if let Some((label, _)) = asian.filter(|(_, score)| *score >= 60) {
        return label;
    }
    let count = |range: std::ops::RangeInclusive<u8>| sample.iter().filter(|byte| range.contains(byte)).count();
    if in_runs * 10 >= high * 8 {
        return if count(0xe0..=0xff) >= count(0xc0..=0xdf) { "windows-1251" } else { "koi8-r" };
    }
    "windows-1252"
}

/// A sample without the half of a character at its end.
fn whole(sample: &[u8]) -> &[u8] {
    let end = sample.iter().rposition(|byte| *byte < 0x30).unwrap_or(sample.len());
    if sample.len() < SAMPLE { sample } else { &sample[..end] }
}

/// Each first byte beyond ASCII with the byte behind it.
fn pairs(sample: &[u8]) -> Vec<(u8, u8)> {
    let mut pairs = Vec::new();
    let mut at = 0;
    while at + 1 < sample.len() {
        if sample[at] < 0x81 {
            at += 1;
            continue;
        }
        pairs.push((sample[at], sample[at + 1]));
        at += 2;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text in an encoding.
    fn encoded(text: &str, label: &str) -> Vec<u8> {
        let encoding = Encoding::for_label(label.as_bytes()).expect("a label");
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{label} has no sign for some of {text}");
        bytes.into_owned()
    }

    #[test]
    fn encodings_are_told_apart() {
        let samples = [
            ("windows-1252", "The café on the pier — “À la carte” — is open; été comme hiver, où l’on déjeune à deux."),
            (
                "windows-1251",
                "Паром опоздал на два часа. Колокол на причале молчал третий день подряд, и никто не знал почему.",
            ),
            (
                "koi8-r",
                "Паром опоздал на два часа. Колокол на причале молчал третий день подряд, и никто не знал почему.",
            ),
            (
                "gb18030",
                "渡轮今天晚点了两个小时，码头上的钟已经三天没有响过，没有人知道为什么。记者在码头采访了几位渔民。",
            ),
            (
                "big5",
                "渡輪今天晚點了兩個小時，碼頭上的鐘已經三天沒有響過，沒有人知道為什麼。記者在碼頭訪問了幾位漁民。",
            ),
            (
                "shift_jis",
                "渡し船は今日二時間おくれました。桟橋の鐘は三日間鳴っていません。理由はだれにもわかりません。",
            ),
            ("euc-jp", "渡し船は今日二時間おくれました。桟橋の鐘は三日間鳴っていません。理由はだれにもわかりません。"),
            ("euc-kr", "나룻배는 오늘 두 시간 늦었다. 부두의 종은 사흘째 울리지 않았고 아무도 이유를 몰랐다."),
            ("utf-8", "The café on the pier."),
        ];
        for (label, text) in samples {
            assert_eq!(detect(&encoded(text, label)), Found::Label(label), "{label}");
        }
        assert_eq!(detect(b"plain"), Found::Any);
        assert_eq!(detect(b"\xff\xfea\0"), Found::Any);
        assert_eq!(detect(b"a\0b\0c\0d\0"), Found::Label("utf-16le"));
        assert_eq!(detect(b"\0a\0b\0c\0d"), Found::Label("utf-16be"));
        assert_eq!(detect(b"PK\x03\x04\0\0\x01\0\0\xff\0"), Found::Binary);
        assert_eq!(detect(b""), Found::Any);
    }
}
