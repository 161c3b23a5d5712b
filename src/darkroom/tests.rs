//! What the darkroom promises of each format, on images that are made here.

mod samples;

use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView};
use proptest::prelude::*;

use super::{look, print, strip};
use crate::model::image::{Fault, Format, Look, Print, Size};
use samples::*;

fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

fn wanted(width: u32, height: u32, format: Format) -> Print {
    Print { size: size(width, height), format }
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

fn has_secret(bytes: &[u8]) -> bool {
    bytes.windows(SECRET.len()).any(|window| window == SECRET)
}

/// Whether the four fields lie where they belong.
fn is_upright(image: &DynamicImage) -> bool {
    let (width, height) = image.dimensions();
    let near = |x: u32, y: u32, colour: [u8; 3]| {
        let pixel = image.get_pixel(x, y).0;
        (0..3).all(|at| pixel[at].abs_diff(colour[at]) < 40)
    };
    let (left, right, top, bottom) = (width / 4, width * 3 / 4, height / 4, height * 3 / 4);
    near(left, top, RED) && near(right, top, GREEN) && near(left, bottom, BLUE) && near(right, bottom, WHITE)
}

/// The four fields as a camera would have stored them that was held in one of eight ways.
fn held(turn: u8) -> DynamicImage {
    let mut image = fields(96, 64);
    image.apply_orientation(undone(Orientation::from_exif(turn).unwrap()));
    image
}

#[test]
fn every_way_to_hold_a_camera_gives_an_upright_print_without_secrets() {
    for turn in 1..=8 {
        let stored = held(turn);
        let files = [
            jpeg_with_secrets(&jpeg(&stored), turn),
            png_with_secrets(&png(&stored), turn),
            webp_with_secrets(&webp(&stored), stored.width(), stored.height(), turn),
        ];
        for (file, format) in files.iter().zip([Format::Jpeg, Format::Png, Format::Jpeg]) {
            assert!(has_secret(file));
            assert_eq!(look(file), Look::Raster(size(96, 64), format), "turn {turn}");
            let prints =
                print(file, &[wanted(48, 32, format), wanted(48, 32, Format::WebP), wanted(96, 64, format)], 80)
                    .unwrap();
            for print in &prints {
                assert!(is_upright(&decoded(print)), "turn {turn}, {format:?}");
                assert!(!has_secret(print));
            }
            assert_eq!(decoded(&prints[0]).dimensions(), (48, 32));
        }
    }
}

#[test]
fn a_stripped_file_shows_the_same_and_tells_nothing() {
    for turn in 1..=8 {
        let stored = held(turn);
        for file in [
            jpeg_with_secrets(&jpeg(&stored), turn),
            png_with_secrets(&png(&stored), turn),
            webp_with_secrets(&webp(&stored), stored.width(), stored.height(), turn),
        ] {
            let stripped = strip(&file).unwrap();
            assert!(!has_secret(&stripped), "turn {turn}");
            assert_eq!(decoded(&stripped), decoded(&file), "the pixels as they are stored");
            assert_eq!(look(&stripped), look(&file), "the turn is still told");
            assert_eq!(strip(&stripped).unwrap(), stripped, "there is nothing more to be taken out");
        }
    }
    let gif = strip(&moving_gif()).unwrap();
    assert!(!has_secret(&gif) && gif.ends_with(b";"));
    assert!(gif.windows(11).any(|window| window == b"NETSCAPE2.0"), "it still moves");
    assert_eq!(gif.iter().filter(|byte| **byte == 0x2c).count(), 2, "with both frames");
    assert_eq!(strip(b"<svg/>"), None);
}

#[test]
fn profiles_of_colours_are_kept_but_for_that_of_srgb() {
    use image::ImageEncoder;
    let profile = |name: &[u8]| [&[0; 16], b"RGB ".as_slice(), &[0; 8], name].concat();
    let with = |profile: Vec<u8>| {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
        encoder.set_icc_profile(profile).unwrap();
        photograph(64, 32).write_with_encoder(encoder).unwrap();
        bytes
    };
    let holds = |bytes: &[u8], name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    let all = [wanted(32, 16, Format::Jpeg), wanted(32, 16, Format::WebP)];
    for print in print(&with(profile(b"Deep Sea Colours")), &all, 80).unwrap() {
        assert!(holds(&print, b"Deep Sea Colours"));
        assert_eq!(decoded(&print).dimensions(), (32, 16));
    }
    for print in print(&with(profile(b"sRGB IEC61966-2.1")), &all, 80).unwrap() {
        assert!(!holds(&print, b"sRGB IEC61966"));
    }
}

#[test]
fn what_moves_is_passed_on_as_it_is() {
    assert_eq!(look(&moving_gif()), Look::Whole(Some(size(4, 4))));
    assert_eq!(look(&moving_png()), Look::Whole(Some(size(8, 8))));
    assert_eq!(look(&moving_webp()), Look::Whole(Some(size(8, 8))));
}

#[test]
fn four_inks_and_sixteen_bits_are_printed_as_screens_show_them() {
    assert_eq!(look(&inks()), Look::Raster(size(64, 64), Format::Jpeg));
    let prints = print(&inks(), &[wanted(64, 64, Format::Jpeg), wanted(32, 32, Format::WebP)], 80).unwrap();
    assert!(prints.iter().all(|print| decoded(print).color().channel_count() == 3));
    assert_eq!(look(&deep_png()), Look::Raster(size(32, 16), Format::Png));
    let prints = print(&deep_png(), &[wanted(16, 8, Format::Png)], 80).unwrap();
    assert_eq!(decoded(&prints[0]).color(), image::ColorType::Rgb8);
}

#[test]
fn opacity_is_kept_where_there_is_any() {
    let mut seen = fields(64, 64).to_rgba8();
    let full = png(&DynamicImage::ImageRgba8(seen.clone()));
    seen.put_pixel(0, 0, image::Rgba([0, 0, 0, 0]));
    let holed = png(&DynamicImage::ImageRgba8(seen));
    let all = [wanted(64, 64, Format::Png), wanted(64, 64, Format::WebP)];
    for (file, alpha) in [(full, false), (holed, true)] {
        let prints = print(&file, &all, 80).unwrap();
        assert_eq!(decoded(&prints[1]).color().has_alpha(), alpha);
        assert!(!alpha || decoded(&prints[1]).get_pixel(0, 0).0[3] == 0);
    }
}

#[test]
fn a_drawing_keeps_its_lines_and_a_photograph_is_made_small() {
    let drawn = print(&png(&fields(64, 64)), &[wanted(64, 64, Format::WebP)], 80).unwrap();
    assert_eq!(decoded(&drawn[0]).to_rgb8(), fields(64, 64).to_rgb8());
    let original = png(&photograph(256, 256));
    let photographed = print(&original, &[wanted(256, 256, Format::WebP)], 80).unwrap();
    assert!(photographed[0].len() < original.len());
}

#[test]
fn what_is_small_enough_is_not_compressed_again() {
    let file = jpeg_with_secrets(&jpeg(&photograph(64, 48)), 1);
    let prints = print(&file, &[wanted(64, 48, Format::Jpeg)], 100).unwrap();
    assert_eq!(prints[0], strip(&file).unwrap());
}

#[test]
fn what_is_no_image_is_told_in_words() {
    let how = |bytes: &[u8]| match look(bytes) {
        Look::Faulty(fault) => fault.reason(),
        other => panic!("{other:?}"),
    };
    assert_eq!(how(b""), "the file is empty");
    assert_eq!(how(b"A letter"), "the file is no image");
    assert_eq!(how(b"II*\0rest"), "it is of a format that browsers do not show");
    assert!(how(b"\xff\xd8\xff\xe0\0").starts_with("it is damaged ("));
    let jpeg = jpeg(&photograph(64, 64));
    assert_eq!(how(&jpeg[..jpeg.len() / 2]), "the file ends before the image does");
    assert_eq!(how(&png(&fields(8, 8))[..60]), "the file ends before the image does");
    let webp = webp(&photograph(64, 64));
    assert_eq!(how(&webp[..webp.len() - 9]), "the file ends before the image does");
    assert_eq!(look(&bomb()), Look::Raster(size(60_000, 60_000), Format::Png), "its size is known without decoding");
}

#[test]
fn formats_that_are_passed_on_must_hold_no_metadata() {
    let avif = |more: &[u8]| [b"\0\0\0\x1cftypavif....ispe\0\0\0\0\0\0\x02\x80\0\0\x01\xe0".as_slice(), more].concat();
    assert_eq!(look(&avif(b"")), Look::Whole(Some(size(640, 480))));
    assert_eq!(look(&avif(b"infe....Exif")), Look::Faulty(Fault::Private));
}

#[test]
fn drawings_say_how_large_they_are() {
    let of = |root: &str| look(format!("<?xml version='1.0'?>\n<!-- pier -->\n{root}<g/></svg>").as_bytes());
    assert_eq!(of("<svg width='640' height=\"480px\">"), Look::Whole(Some(size(640, 480))));
    assert_eq!(of("<svg viewBox='0 0 33.4, 20'>"), Look::Whole(Some(size(33, 20))));
    assert_eq!(of("<svg width='100%' height='100%' viewBox='0 0 3 2'>"), Look::Whole(Some(size(3, 2))));
    assert_eq!(of("<svg width='0' height='1e9'>"), Look::Whole(None));
    assert_eq!(of("<svg>"), Look::Whole(None));
}

#[test]
fn the_same_image_gives_the_same_prints() {
    let file = jpeg(&photograph(300, 200));
    let all = [wanted(150, 100, Format::Jpeg), wanted(150, 100, Format::WebP), wanted(75, 50, Format::WebP)];
    let once = print(&file, &all, 80).unwrap();
    let threads: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(|| print(&file, &all, 80).unwrap())).collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(threads.iter().all(|prints| *prints == once));
    // Each print is the same, whichever others are made with it.
    assert_eq!(print(&file, &all[2..], 80).unwrap()[0], once[2]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_damage_panics(which in 0_usize..5, cut in 0.0_f64..1.0, at in 0.0_f64..1.0, byte: u8) {
        let mut file = match which {
            0 => jpeg_with_secrets(&jpeg(&photograph(40, 30)), 6),
            1 => png_with_secrets(&png(&photograph(40, 30)), 6),
            2 => webp_with_secrets(&webp(&photograph(40, 30)), 40, 30, 6),
            3 => moving_gif(),
            _ => b"<svg width='1' viewBox='0 0 1 1'>".to_vec(),
        };
        let place = (at * file.len() as f64) as usize;
        file[place] = byte;
        file.truncate((cut * file.len() as f64) as usize + 1);
        let _ = strip(&file);
        if let Look::Raster(seen, format) = look(&file) && seen.pixels() < 1 << 20 {
            let _ = print(&file, &[wanted(20, 15, format), wanted(20, 15, Format::WebP)], 80);
        }
    }
}
