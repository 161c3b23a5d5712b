//! Images made for tests: no file of them lies anywhere.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, Rgb, RgbImage};

use crate::darkroom::encode::{chunk, riff};

/// What stands in the metadata of every sample that has any.
pub const SECRET: &[u8] = b"54.1871 N 7.8882 E";

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 200, 30];
pub const BLUE: [u8; 3] = [30, 30, 220];
pub const WHITE: [u8; 3] = [250, 250, 250];

/// An image of four fields: red and green above, blue and white below.
pub fn fields(width: u32, height: u32) -> DynamicImage {
    let colour = |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    };
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| Rgb(colour(x, y))))
}

/// An image of so many colours that it is a photograph.
pub fn photograph(width: u32, height: u32) -> DynamicImage {
    let colour = |x: u32, y: u32| Rgb([(x * 7 % 256) as u8, (y * 5 % 256) as u8, ((x + y) * 3 % 256) as u8]);
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
}

pub fn jpeg(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).unwrap();
    bytes
}

pub fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    bytes
}

pub fn webp(image: &DynamicImage) -> Vec<u8> {
    let rgb = image.to_rgb8();
    webp::Encoder::from_rgb(&rgb, rgb.width(), rgb.height()).encode(90.0).to_vec()
}

/// Metadata of a camera: how it was held, and a secret.
pub fn exif(turn: u8) -> Vec<u8> {
    let mut metadata = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    metadata.extend([turn, 0, 0, 0, 0, 0, 0, 0]);
    metadata.extend(SECRET);
    metadata
}

/// A segment of JPEG.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// A JPEG file with all that cameras and editors put into one, and something behind its end.
pub fn jpeg_with_secrets(jpeg: &[u8], turn: u8) -> Vec<u8> {
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat();
    [
        &jpeg[..2],
        &segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(turn)].concat()),
        &segment(0xe1, &xmp),
        &segment(0xed, SECRET),
        &segment(0xfe, SECRET),
        &jpeg[2..],
        SECRET,
    ]
    .concat()
}

/// A chunk of PNG.
pub fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut checksum = flate2::Crc::new();
    checksum.update(name);
    checksum.update(content);
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], name, content, &checksum.sum().to_be_bytes()].concat()
}

/// A PNG file with further chunks behind its header.
pub fn png_with(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

pub fn png_with_secrets(png: &[u8], turn: u8) -> Vec<u8> {
    let text = [b"Comment\0".as_slice(), SECRET].concat();
    let own = png_with(png, &[png_chunk(b"tEXt", &text), png_chunk(b"eXIf", &exif(turn)), png_chunk(b"prVt", SECRET)]);
    [own, SECRET.to_vec()].concat()
}

/// A WebP file in the extended format, with metadata.
pub fn webp_with_secrets(webp: &[u8], width: u32, height: u32, turn: u8) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes();
    let head = [&[0x0c, 0, 0, 0], &side(width)[..3], &side(height)[..3]].concat();
    let body = [
        chunk(b"VP8X", &head),
        webp[12..].to_vec(),
        chunk(b"EXIF", &exif(turn)),
        chunk(b"XMP ", SECRET),
        chunk(b"OWN ", SECRET),
    ];
    riff(&body.concat())
}

/// Two frames of four by four pixels in one colour, with a comment and an application's data.
pub fn moving_gif() -> Vec<u8> {
    let frame = b"\x2c\0\0\0\0\x04\0\x04\0\0\x02\x04\x84\x8f\x09\x05\0";
    [
        b"GIF89a\x04\0\x04\0\x80\0\0\xff\0\0\0\0\xff".as_slice(),
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xff\x0bXMP DataXMP\x12",
        SECRET,
        b"\0\x21\xfe\x12",
        SECRET,
        b"\0\x21\xf9\x04\0\x0a\0\0\0",
        frame,
        b"\x21\xf9\x04\0\x0a\0\0\0",
        frame,
        b"\x3b",
        SECRET,
    ]
    .concat()
}

pub fn moving_png() -> Vec<u8> {
    let control = png_chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
    let mut frame = vec![0; 26];
    frame[7] = 8;
    frame[11] = 8;
    frame[21] = 10;
    png_with(&png(&fields(8, 8)), &[control, png_chunk(b"fcTL", &frame)])
}

pub fn moving_webp() -> Vec<u8> {
    let still = webp(&fields(8, 8));
    let head = [2, 0, 0, 0, 7, 0, 0, 7, 0, 0];
    let frame = [&[0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 100, 0, 0, 0], &still[12..]].concat();
    riff(&[chunk(b"VP8X", &head), chunk(b"ANIM", &[0; 6]), chunk(b"ANMF", &frame)].concat())
}

/// A JPEG file in four inks, 64 by 64 pixels: every coefficient is zero, and each is told by one bit.
pub fn inks() -> Vec<u8> {
    let table = |class: u8| {
        let mut content = vec![class];
        content.extend([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        segment(0xc4, &content)
    };
    let mut frame = vec![8, 0, 64, 0, 64, 4];
    let mut scan = vec![4];
    for component in 1..=4 {
        frame.extend([component, 0x11, 0]);
        scan.extend([component, 0]);
    }
    scan.extend([0, 63, 0]);
    let quantities = [&[0], &[1; 64][..]].concat();
    [
        vec![0xff, 0xd8],
        segment(0xee, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xdb, &quantities),
        segment(0xc0, &frame),
        table(0x00),
        table(0x10),
        segment(0xda, &scan),
        vec![0; 64],
        vec![0xff, 0xd9],
    ]
    .concat()
}

/// A PNG file whose header says that it has sixteen bits of each colour, and that keeps to it.
pub fn deep_png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels: Vec<u8> = (0..32_u32 * 16 * 3).flat_map(|at| ((at * 40) as u16).to_ne_bytes()).collect();
    PngEncoder::new(&mut bytes).write_image(&pixels, 32, 16, ExtendedColorType::Rgb16).unwrap();
    bytes
}

/// A PNG file whose header promises 60,000 by 60,000 pixels.
pub fn bomb() -> Vec<u8> {
    let side = 60_000_u32.to_be_bytes();
    let head = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let chunks = [png_chunk(b"IHDR", &head), png_chunk(b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01"), png_chunk(b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

/// The turn that a turn is undone by.
pub fn undone(turn: Orientation) -> Orientation {
    match turn {
        Orientation::Rotate90 => Orientation::Rotate270,
        Orientation::Rotate270 => Orientation::Rotate90,
        other => other,
    }
}
