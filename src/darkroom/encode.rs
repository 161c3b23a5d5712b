//! Pixels to files.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageError};
use webp::WebPConfig;

use crate::model::image::Size;

/// How much time WebP takes for a smaller file, 0 to 6.
const EFFORT: i32 = 4;

/// Pixels to be written.
pub(super) struct Exposure<'a> {
    pub(super) pixels: &'a [u8],
    pub(super) size: Size,
    pub(super) has_alpha: bool,
    pub(super) profile: Option<&'a [u8]>,
}

impl Exposure<'_> {
    /// JPEG: what is transparent lies on white.
    pub(super) fn jpeg(&self, quality: u8) -> Result<Vec<u8>, ImageError> {
        let flat = self.has_alpha.then(|| on_white(self.pixels));
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        if let Some(profile) = self.profile {
            // A profile that the format has no room for is left out.
            let _ = encoder.set_icc_profile(profile.to_vec());
        }
        let pixels = flat.as_deref().unwrap_or(self.pixels);
        encoder.write_image(pixels, self.size.width, self.size.height, ExtendedColorType::Rgb8)?;
        Ok(bytes)
    }

    /// PNG.
    pub(super) fn png(&self) -> Result<Vec<u8>, ImageError> {
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        if let Some(profile) = self.profile {
            let _ = encoder.set_icc_profile(profile.to_vec());
        }
        let colours = if self.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
        encoder.write_image(self.pixels, self.size.width, self.size.height, colours)?;
        Ok(bytes)
    }

    /// WebP, lossless or with some loss. An error is the encoder's own word for it.
    pub(super) fn webp(&self, quality: u8, lossless: bool) -> Result<Vec<u8>, String> {
        let mut config = WebPConfig::new().map_err(|()| "no settings".to_owned())?;
        config.lossless = lossless.into();
        config.quality = if lossless { 75.0 } else { quality.into() };
        config.method = EFFORT;
        config.thread_level = 0;
        let Size { width, height } = self.size;
        let encoder = match self.has_alpha {
            true => webp::Encoder::from_rgba(self.pixels, width, height),
            false => webp::Encoder::from_rgb(self.pixels, width, height),
        };
        let bytes = encoder.encode_advanced(&config).map_err(|error| format!("{error:?}"))?.to_vec();
        Ok(match self.profile {
            Some(profile) => with_profile(&bytes, profile, self),
            None => bytes,
        })
    }
}

fn on_white(pixels: &[u8]) -> Vec<u8> {
    let blend = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u32::from(colour), u32::from(alpha));
        ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let pixel = |pixel: &[u8]| [0, 1, 2].map(|at| blend(pixel[at], pixel[3]));
    pixels.chunks_exact(4).flat_map(pixel).collect()
}

/// A WebP file with a profile: the extended format of RFC 9649, section 2.7, with the image's own chunks behind it.
fn with_profile(bytes: &[u8], profile: &[u8], exposure: &Exposure) -> Vec<u8> {
    let image = bytes.get(12..).unwrap_or_default();
    let own = if image.starts_with(b"VP8X") { image.get(18..).unwrap_or_default() } else { image };
    let mut flags = [0_u8; 4];
    flags[0] = 0x20 | if exposure.has_alpha { 0x10 } else { 0 };
    let side = |side: u32| (side.max(1) - 1).to_le_bytes();
    let (width, height) = (side(exposure.size.width), side(exposure.size.height));
    let head = [&flags[..], &width[..3], &height[..3]].concat();
    let body = [chunk(b"VP8X", &head), chunk(b"ICCP", profile), own.to_vec()].concat();
    riff(&body)
}

/// The frame of a WebP file.
pub(super) fn riff(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX).to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", body].concat()
}

/// A chunk of a WebP file: its name, its length, its content, and a byte that makes that even.
pub(super) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
    let even: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [name, &length[..], content, even].concat()
}
