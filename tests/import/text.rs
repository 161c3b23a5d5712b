//! A folder of plain text.

use std::fs;

use crate::Source;

/// A sheet of copy.
fn sheet(number: usize, date: &str) -> String {
    format!(
        "Headline number {number} of the day\n\nPUBLISHED : {date}\nBY : The Harbour Desk\n\nThe story {number} begins.\n\n\
         Advertisement\n\nPhoto: a pier\n\nIt ends.\n"
    )
}

#[test]
fn furniture_captions_and_the_order_of_dates_are_found() {
    let mut source = Source::new();
    for number in 1..=25 {
        let month = number % 12 + 1;
        source = source.file(&format!("{number:02}.txt"), sheet(number, &format!("{number:02}/{month:02}/2003")));
    }
    let imported = source.import("text");
    let site = imported.read("site.yaml");
    assert!(site.contains("text:\n  dates: dmy\n  caption: \"Photo:\"\n  drop: [Advertisement, It ends.]\n"), "{site}");
    assert!(!site.contains("faulty"), "{site}");
    imported.notes_that(&["repeated", "`Advertisement` stands in 25 files"]);
    assert_eq!((imported.count("articles"), imported.count("undated")), (25, 0));
    assert_eq!(imported.built["articles"], 25);
}

#[test]
fn encodings_are_set_for_folders_and_for_files_that_differ() {
    let western = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let chinese = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let story = "渡轮今天晚点了两个小时\n\n码头上的钟已经三天没有响过，没有人知道为什么。记者在码头采访了几位渔民。\n";
    let imported = Source::new()
        .file("harbour/a.txt", western("Le café sur la jetée\n\nOn y déjeune à deux, été comme hiver.\n"))
        .file("harbour/b.txt", western("Où est la clé\n\nPersonne ne l’a trouvée.\n"))
        .file("harbour/c.txt", "Das Café — wieder offen\n\nIn UTF-8 geschrieben.\n")
        .file("east/a.txt", chinese(story))
        .file("plain/a.txt", "Only ASCII here\n\nText.\n")
        .file("third/a.txt", western("Déjà vu\n\nEncore.\n"))
        .import("text");
    assert!(imported.read("site.yaml").contains("encoding: windows-1252"));
    assert!(imported.read("content/east/_index.md").contains("encoding: gb18030"));
    assert_eq!(imported.read("content/harbour/c.yaml"), "text:\n  encoding: utf-8\n");
    assert!(!imported.has("content/plain/_index.md"));
    let all: String = [
        "/harbour/le-café-sur-la-jetée/",
        "/harbour/das-café-wieder-offen/",
        "/east/渡轮今天晚点了两个小时/",
        "/third/déjà-vu/",
    ]
    .map(|url| imported.page(url))
    .concat();
    for words in ["On y déjeune à deux", "In UTF-8 geschrieben", "没有人知道为什么"] {
        assert!(all.contains(words), "{words}");
    }
}

#[test]
fn texts_stay_as_they_are_and_unreadable_dates_are_reported() {
    let source = Source::new()
        .file("good.txt", sheet(1, "Thursday, 26 October, 2017, 12:54pm"))
        .file("bad.text", sheet(2, "the day before yesterday"))
        .file("open.txt", sheet(3, "04/05/2003"))
        .file("picture.png", b"\x89PNG")
        .file("broken.txt", b"MZ\0\x01\x02\xff\0\0");
    let bytes = fs::read(source.path().join("good.txt")).expect("bytes");
    let imported = source.import("text");
    assert_eq!(imported.read("content/source/good.txt").into_bytes(), bytes);
    assert!(imported.has("content/source/picture.png") && !imported.has("content/source/broken.txt"));
    imported.notes_that(&["bad-date bad.text:3:"]);
    imported.notes_that(&["bad-date open.txt:3:"]);
    imported.notes_that(&["bad-date null", "04/05/2003"]);
    imported.notes_that(&["encoding broken.txt"]);
    assert!(imported.read("site.yaml").contains("faulty: withhold"));
    assert_eq!(imported.built["articles"], 1);
}
