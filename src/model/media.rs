//! What kind of file each extension stands for, as the IANA registry of media types names it.

/// Pages: what the reload script is put into.
pub const HTML: &str = "text/html; charset=utf-8";

/// Text without more.
pub const TEXT: &str = "text/plain; charset=utf-8";

/// The media type of a file, by its extension. A file without one is taken for text: hosts' settings are such files.
pub fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or("");
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("html" | "htm") => HTML,
        None | Some("txt" | "md" | "log") => TEXT,
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("vtt") => "text/vtt; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        // Feeds too: browsers show XML, and offer other types for download.
        Some("xml" | "xsl") => "application/xml; charset=utf-8",
        Some("atom") => "application/atom+xml; charset=utf-8",
        Some("rss") => "application/rss+xml; charset=utf-8",
        Some("xhtml") => "application/xhtml+xml; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("jsonld") => "application/ld+json",
        Some("geojson") => "application/geo+json",
        Some("webmanifest") => "application/manifest+json",
        Some("pdf") => "application/pdf",
        Some("epub") => "application/epub+zip",
        Some("zip") => "application/zip",
        Some("gz") => "application/gzip",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/vnd.microsoft.icon",
        Some("bmp") => "image/bmp",
        Some("tif" | "tiff") => "image/tiff",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("ttf") => "font/ttf",
        Some("otf") => "font/otf",
        Some("mp4" | "m4v") => "video/mp4",
        Some("webm") => "video/webm",
        Some("ogv") => "video/ogg",
        Some("mov") => "video/quicktime",
        Some("mp3") => "audio/mpeg",
        Some("m4a") => "audio/mp4",
        Some("ogg" | "oga" | "opus") => "audio/ogg",
        Some("wav") => "audio/wav",
        Some("flac") => "audio/flac",
        Some(_) => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_extension_decides_in_any_case() {
        assert_eq!(of("news/index.html"), HTML);
        assert_eq!(of("a.b/PHOTO.JPG"), "image/jpeg");
        assert_eq!(of("paper.tar.gz"), "application/gzip");
        assert_eq!(of("a.html/_redirects"), TEXT);
        assert_eq!(of("what.ever"), "application/octet-stream");
    }
}
