//! sitemap.xml (sitemaps.org, protocol 0.9).

use crate::model::escape;
use crate::model::view::feed::SitemapView;

/// The sitemap, or the index of several.
pub(super) fn write(sitemap: &SitemapView) -> String {
    let (outer, inner) = if sitemap.index { ("sitemapindex", "sitemap") } else { ("urlset", "url") };
    let urls = sitemap.urls.value().map_or(&[][..], Vec::as_slice);
    let mut xml = String::with_capacity(urls.len() * 120 + 200);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str(&format!("<{outer} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"));
    for (address, changed) in urls {
        xml.push_str(&format!("<{inner}><loc>"));
        escape::attribute(&mut xml, address);
        xml.push_str("</loc>");
        if let Some(changed) = changed {
            xml.push_str("<lastmod>");
            escape::text(&mut xml, changed);
            xml.push_str("</lastmod>");
        }
        xml.push_str(&format!("</{inner}>\n"));
    }
    xml.push_str(&format!("</{outer}>\n"));
    xml
}
