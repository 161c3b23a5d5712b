//! Images made for tests: photographs as cameras write them, with metadata that nobody should read.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, Rgb, RgbImage};

/// What stands in the metadata of a photograph.
pub const SECRET: &str = "54.1871 N 7.8882 E";

/// An image of many colours; another seed gives another one.
fn image(width: u32, height: u32, seed: u32) -> DynamicImage {
    let colour =
        |x: u32, y: u32| Rgb([((x + seed) * 7 % 256) as u8, (y * 5 % 256) as u8, ((x + y + seed) * 3 % 256) as u8]);
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, colour))
}

/// A photograph as JPEG, as a camera stores it that was held in one of eight ways (1 is upright): with the place where it was taken.
pub fn jpeg(width: u32, height: u32, seed: u32, turn: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    image(width, height, seed).write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).expect("JPEG");
    let mut metadata = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    metadata.extend([turn, 0, 0, 0, 0, 0, 0, 0]);
    metadata.extend(SECRET.as_bytes());
    let length = u16::try_from(metadata.len() + 2).expect("short").to_be_bytes();
    [&bytes[..2], &[0xff, 0xe1], &length, &metadata, &bytes[2..]].concat()
}

/// An image as PNG.
pub fn png(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    image(width, height, seed).write_with_encoder(PngEncoder::new(&mut bytes)).expect("PNG");
    bytes
}

/// A PNG file whose header promises 60,000 by 60,000 pixels.
pub fn bomb() -> Vec<u8> {
    let side = 60_000_u32.to_be_bytes();
    let head = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let chunk = |name: &[u8; 4], content: &[u8]| {
        let mut checksum = flate2::Crc::new();
        checksum.update(name);
        checksum.update(content);
        let length = u32::try_from(content.len()).expect("short").to_be_bytes();
        [&length[..], name, content, &checksum.sum().to_be_bytes()].concat()
    };
    let nothing = b"\x78\x9c\x03\0\0\0\0\x01";
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", nothing), chunk(b"IEND", &[])].concat()
}

/// Two frames of four by four pixels.
pub fn moving_gif() -> Vec<u8> {
    let control = b"\x21\xf9\x04\0\x0a\0\0\0";
    let frame = b"\x2c\0\0\0\0\x04\0\x04\0\0\x02\x04\x84\x8f\x09\x05\0";
    let head = b"GIF89a\x04\0\x04\0\x80\0\0\xff\0\0\0\0\xff";
    [&head[..], control, frame, control, frame, b"\x3b"].concat()
}
