//! Edits of images, of what shows them, and of what is kept of them.

use std::fs;

use crate::articles::articles;
use crate::bench::{Bench, all, put};
use crate::edit::{Kind, set};
use crate::photo;

/// Where images are: beside articles, in a bundle, and where they are copied as they stand.
const PLACES: &[&str] =
    &["content/news/four/view.jpg", "content/news/pier.jpg", "content/news/abroad/view.png", "static/mark.png"];

/// All of them.
pub const KINDS: &[Kind] = &[
    Kind::of("an image replaced", 6, |bench| {
        let path = bench.dice.one(PLACES);
        let seed = bench.dice.below(3) as u32;
        let (what, bytes) = match bench.dice.below(10) {
            0 => ("another format", photo::png(90, 60, seed)),
            1 => ("what moves", photo::moving_gif()),
            2 => ("a promise of too much", photo::bomb()),
            3 => ("half of it", photo::jpeg(90, 60, seed, 1)[..700].to_vec()),
            4 => ("no image", b"A letter.\n".to_vec()),
            5 => ("a small one", photo::jpeg(20, 10, seed, 1)),
            6 => ("one held sideways", photo::jpeg(60, 90, seed, 6)),
            _ => ("a photograph", photo::jpeg(90, 60, seed, 1)),
        };
        bench.write(path, bytes);
        Some(format!("{path}: {what}, {seed}"))
    }),
    Kind::of("an image removed", 2, |bench| {
        let path = bench.dice.one(PLACES);
        bench.has(path).then(|| {
            bench.remove(path);
            format!("{path}: removed")
        })
    }),
    Kind::of("an image moved", 4, |bench| {
        let (from, to) = (bench.dice.one(PLACES), bench.dice.one(PLACES));
        (bench.has(from) && !bench.has(to)).then(|| {
            bench.rename(from, to);
            format!("{from}: moved to {to}")
        })
    }),
    Kind::of("an image shown", 5, |bench| {
        let path = bench.pick(articles(bench, &["md", "markdown"]))?;
        let shown = bench.dice.one(&[
            "![The pier](/news/pier.jpg)",
            "![A view](/news/abroad/view.png \"Far\")",
            "<img src=\"/mark.png\" alt=\"\">",
            "<img src=/news/pier.jpg width=40 alt=Pier>",
            "[The whole](/news/pier.jpg)",
            "![A chart](/news/four/view.jpg)",
        ]);
        let text = bench.read(&path);
        bench.write(&path, format!("{text}\n{shown}\n"));
        Some(format!("{path}: {shown}"))
    }),
    Kind::of("a lead image", 3, |bench| {
        let path = bench.pick(articles(bench, &["md", "markdown", "html"]))?;
        let value = bench.dice.one(&["{src: /news/pier.jpg, alt: The pier}", "/news/abroad/view.png"]);
        let after = set(&bench.read(&path), "image", Some(value));
        bench.write(&path, after);
        Some(format!("{path}: {value}"))
    }),
    Kind::of("a portrait", 1, |bench| {
        let image = bench.dice.one(&["news/pier.jpg", "news/four/view.jpg", "/mark.png"]);
        bench.write(
            "content/authors.yaml",
            format!("copy-desk:\n  name: The Copy Desk\n  aliases: [Copy]\n  image: {image}\nnight-desk:\n  name: The Night Desk\n"),
        );
        Some(image.to_owned())
    }),
    Kind::of("a print harmed", 3, |bench| {
        let prints = all(&bench.path(".byline/images")).into_iter().filter(|path| path.is_file()).collect();
        let path: std::path::PathBuf = bench.pick(prints)?;
        let mut bytes = fs::read(&path).ok()?;
        let at = bench.dice.place(bytes.len().max(1));
        match bench.dice.below(3) {
            0 => bytes.truncate(at),
            1 => *bytes.get_mut(at)? ^= 1,
            _ => bytes.extend([7; 9]),
        }
        put(&path, &bytes);
        bench.cache_harmed = true;
        // Where the output holds it, too, nobody would look.
        if bench.dice.once_in(2) {
            fs::remove_dir_all(bench.output().join("_images")).ok()?;
        }
        Some(format!("{}, at {at}", path.file_name()?.to_string_lossy()))
    }),
];

/// Lays the images that the paper begins with.
pub fn lay(bench: &mut Bench) {
    bench.write("content/news/four/view.jpg", photo::jpeg(90, 60, 0, 6));
    bench.write("content/news/pier.jpg", photo::jpeg(90, 60, 1, 1));
    bench.write("static/mark.png", photo::png(50, 50, 2));
}
