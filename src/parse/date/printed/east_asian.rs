//! Dates in Chinese, Japanese and Korean: `2017年10月26日 星期四 下午3時05分`, `2017년 10월 26일 오후 3시`.

use jiff::civil::Weekday;

use super::super::scan::Token;
use super::{Half, Part, Parts};

/// A number, and the unit that follows it: the value, the part that it is of, and that part's name.
pub(super) fn unit(number: Option<u32>, next: Option<&Token>) -> Option<(u32, Part, &'static str)> {
    let (part, name): (Part, _) = match next?.word()? {
        "年" | "년" => (|parts| &mut parts.year, "year"),
        "月" | "월" => (|parts| &mut parts.month, "month"),
        "日" | "号" | "號" | "일" => (|parts| &mut parts.day, "day"),
        "時" | "时" | "点" | "點" | "시" => (|parts| &mut parts.hour, "hour"),
        "分" | "분" => (|parts| &mut parts.minute, "minute"),
        "秒" | "초" => (|parts| &mut parts.second, "second"),
        _ => return None,
    };
    Some((number?, part, name))
}

/// Reads a half of the day or a weekday, and says how many tokens it took.
pub(super) fn word(tokens: &[Token], parts: &mut Parts) -> Option<usize> {
    let syllable = |ahead: usize| tokens.get(ahead).and_then(Token::word).unwrap_or("");
    let pair = (syllable(0), syllable(1));
    if let Some(half) = half(pair) {
        parts.half = Some(half);
        return Some(2);
    }
    let (day, length) = match pair {
        ("星", "期") | ("礼", "拜") | ("禮", "拜") => (syllable(2), 3),
        ("周" | "週", day) => (day, 2),
        (day, "曜") if syllable(2) == "日" => (day, 3),
        (day, "요") if syllable(2) == "일" => (day, 3),
        (day, "") => (day, 1),
        _ => return None,
    };
    parts.weekday = Some((weekday(day)?, tokens[0].start));
    Some(length)
}

fn half(pair: (&str, &str)) -> Option<Half> {
    match pair {
        ("上", "午") | ("午", "前") | ("오", "전") => Some(Half::Morning),
        ("下", "午") | ("午", "後" | "后") | ("晚", "上") | ("오", "후") => Some(Half::Afternoon),
        _ => None,
    }
}

fn weekday(syllable: &str) -> Option<Weekday> {
    match syllable {
        "一" | "月" | "월" => Some(Weekday::Monday),
        "二" | "火" | "화" => Some(Weekday::Tuesday),
        "三" | "水" | "수" => Some(Weekday::Wednesday),
        "四" | "木" | "목" => Some(Weekday::Thursday),
        "五" | "金" | "금" => Some(Weekday::Friday),
        "六" | "土" | "토" => Some(Weekday::Saturday),
        "日" | "天" | "일" => Some(Weekday::Sunday),
        _ => None,
    }
}
