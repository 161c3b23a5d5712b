//! `images`: in which sizes and formats images are published.

use super::set;
use crate::model::image::ImageOptions;
use crate::parse::fields::{Fields, listed};
use crate::parse::node::{Kind, Node};

const KEYS: &[&str] = &["enabled", "widths", "quality", "webp", "max_pixels"];

/// The widths that an image may be published in, in pixels.
const WIDTHS: std::ops::RangeInclusive<i64> = 16..=8192;
/// How many widths there may be.
const MOST_WIDTHS: usize = 12;
/// The greatest `max_pixels`: what can be decoded in memory at all.
const MOST_PIXELS: i64 = 500_000_000;

/// Reads the keys over the defaults.
pub(super) fn read(options: &mut ImageOptions, fields: &mut Fields<'_>, node: &Node) {
    for entry in fields.map("images", node).unwrap_or_default() {
        let value = &entry.value;
        match entry.key.as_str() {
            "enabled" => set(&mut options.enabled, fields.boolean("images.enabled", value)),
            "webp" => set(&mut options.webp, fields.boolean("images.webp", value)),
            "widths" => set(&mut options.widths, widths(fields, value)),
            "quality" => {
                let quality = number(fields, "images.quality", value, 1..=100, "80 is usual");
                set(&mut options.quality, quality.and_then(|quality| u8::try_from(quality).ok()));
            }
            "max_pixels" => {
                let hint = "120000000 holds the largest photographs";
                let pixels = number(fields, "images.max_pixels", value, 1..=MOST_PIXELS, hint);
                set(&mut options.max_pixels, pixels.and_then(|pixels| u64::try_from(pixels).ok()));
            }
            _ => fields.unknown(entry, "images.", KEYS, true),
        }
    }
}

/// The widths, in any order, each once.
fn widths(fields: &mut Fields<'_>, node: &Node) -> Option<Vec<u32>> {
    let key = "images.widths";
    let hint = "write some numbers of pixels: `[400, 800, 1200, 1600]`";
    let items = fields.items(key, node)?;
    if items.is_empty() || items.len() > MOST_WIDTHS {
        fields.wrong(key, &format!("a list of 1 to {MOST_WIDTHS} widths"), node, hint);
        return None;
    }
    let mut widths = Vec::with_capacity(items.len());
    for item in items {
        let width = number(fields, key, item, WIDTHS, hint)?;
        widths.push(u32::try_from(width).ok()?);
    }
    widths.sort_unstable();
    widths.dedup();
    Some(widths)
}

/// A whole number within bounds.
fn number(
    fields: &mut Fields<'_>,
    key: &str,
    node: &Node,
    bounds: std::ops::RangeInclusive<i64>,
    hint: &str,
) -> Option<i64> {
    if let Kind::Integer(value, _) = node.kind
        && bounds.contains(&value)
    {
        return Some(value);
    }
    let bounds = [bounds.start().to_string(), bounds.end().to_string()];
    let words: Vec<&str> = bounds.iter().map(String::as_str).collect();
    fields.wrong(key, &format!("a whole number between {}", listed(&words)), node, hint);
    None
}
