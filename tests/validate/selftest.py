"""Proves that the validators can fail: on a small sound site each is green, and red once that site is broken in one place."""
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BASE = "https://paper.example/daily/"

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="description" content="Water reached the quay at dawn.">
<link rel="stylesheet" href="/daily/site.css">
<link rel="canonical" href="https://paper.example/daily/{place}">
<meta property="og:url" content="https://paper.example/daily/{place}">
"""
ARTICLE = HEAD.format(title="Flood tide", place="news/fl%C3%B6d/") + """<meta property="og:type" content="article">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Flood tide",
"description": "Water reached the quay at dawn.", "datePublished": "2017-10-26T12:54:00+08:00", "dateModified": "2017-10-27",
"author": [{"@type": "Person", "name": "The Copy Desk", "url": "https://paper.example/daily/"}],
"keywords": ["Harbour", "Tides"], "articleSection": "News", "inLanguage": "en",
"mainEntityOfPage": "https://paper.example/daily/news/fl%C3%B6d/"}</script>
</head>
<body>
<article class="h-entry">
<h1 class="p-name">Flood tide</h1>
<p class="p-author h-card"><a class="p-name u-url" href="/daily/">The Copy Desk</a></p>
<p><time class="dt-published" datetime="2017-10-26T12:54:00+08:00">26 October 2017</time>
<time class="dt-updated" datetime="2017-10-27">27 October 2017</time>
<a class="u-url" href="/daily/news/fl%C3%B6d/">Permalink</a></p>
<div class="e-content"><p id="start">Water reached the quay at <a href="#start">dawn</a>.</p></div>
<ul><li><a class="p-category" href="/daily/">Harbour</a></li><li><a class="p-category" href="/daily/">Tides</a></li></ul>
</article>
</body>
</html>
"""
HOME = HEAD.format(title="The Paper", place="") + """</head>
<body>
<h1>The Paper</h1>
<p><a href="/daily/news/fl%C3%B6d/#start">Flood tide</a> and <a href="https://other.example/">elsewhere</a></p>
</body>
</html>
"""
SITEMAP = """<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://paper.example/daily/</loc></url>
<url><loc>https://paper.example/daily/news/fl%C3%B6d/</loc><lastmod>2017-10-27</lastmod></url>
</urlset>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>The Paper</title><id>https://paper.example/daily/</id><updated>2017-10-28T00:00:00Z</updated>
<link href="https://paper.example/daily/"/><link rel="self" href="https://paper.example/daily/feed.xml"/>
<entry><title>Flood tide</title><id>https://paper.example/daily/news/fl%C3%B6d/</id>
<updated>2017-10-27T00:00:00Z</updated>
<link href="https://paper.example/daily/news/fl%C3%B6d/"/>
<content type="html">&lt;p&gt;Water reached the &lt;a href="https://paper.example/daily/"&gt;quay&lt;/a&gt;.&lt;/p&gt;</content></entry>
</feed>
"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "The Paper",
"feed_url": "https://paper.example/daily/feed.json",
"items": [{"id": "https://paper.example/daily/news/fl%C3%B6d/", "url": "https://paper.example/daily/news/fl%C3%B6d/",
"content_html": "<p>Water reached the <a href='https://paper.example/daily/'>quay</a>.</p>",
"date_published": "2017-10-26T12:54:00+08:00"}]}
"""
SOUND = {
    "index.html": HOME, "news/flöd/index.html": ARTICLE, "sitemap.xml": SITEMAP, "feed.xml": ATOM, "feed.json": JSON_FEED,
    "site.css": "body { margin: 0 }\n", "robots.txt": "User-agent: *\nSitemap: https://paper.example/daily/sitemap.xml\n",
    "llms.txt": "- [Flood tide](https://paper.example/daily/news/fl%C3%B6d/)\n",
    "_redirects": "/daily/old/ /daily/news/fl%C3%B6d/ 301\n",
}
FLOOD = "news/flöd/index.html"
# Validator, file, what stands in it, what takes its place, and a part of the complaint that must follow.
BREAKAGES = [
    ("markup", "index.html", "<h1>The Paper</h1>", "<h1>The Paper</h2>", "error:"),
    ("markup", FLOOD, '<html lang="en">', "<html>", "warning:"),
    ("links", "index.html", "/daily/news/fl%C3%B6d/#start", "/daily/news/gone/", "leads nowhere"),
    ("links", "index.html", "/daily/news/fl%C3%B6d/#start", "/news/fl%C3%B6d/", "leads nowhere"),
    ("links", "index.html", "/daily/news/fl%C3%B6d/#start", "/daily/news/fl%C3%B6d", "leads nowhere"),
    ("links", "index.html", "d/#start", "d/#begin", "no id 'begin'"),
    ("links", "index.html", "https://other.example/", "javascript:void(0)", "scheme"),
    ("links", "index.html", "<p>", '<p style="color: red">', "inline style attribute"),
    ("links", "index.html", "<p>", '<p onclick="go()">', "inline onclick attribute"),
    ("links", "index.html", "<p>", "<script>go()</script><p>", "an inline script"),
    ("links", "index.html", "</head>", "<style>p { margin: 0 }</style></head>", "a style element"),
    ("links", "index.html", "<p>", '<img src="https://other.example/a.png" alt=""><p>', "another host"),
    ("links", "index.html", "<p>", '<img src="/daily/a.png" srcset="/daily/b.png 2x" alt=""><p>', "b.png' leads nowhere"),
    ("links", "index.html", "<p>", "<h1>Again</h1><p>", "2 h1 elements"),
    ("links", FLOOD, "<ul>", '<ul id="start">', "2 times"),
    ("links", "site.css", "margin: 0", "background: url(paper.png)", "'paper.png' leads nowhere"),
    ("links", "index.html", 'rel="canonical" href="https://paper.example', 'rel="canonical" href="', "not absolute"),
    ("links", "index.html", 'property="og:url" content="https://paper.example', 'property="og:url" content="', "not absolute"),
    ("links", "robots.txt", "sitemap.xml", "map.xml", "leads nowhere"),
    ("links", "robots.txt", "https://paper.example", "", "not absolute"),
    ("links", "llms.txt", "news/fl%C3%B6d/", "news/gone/", "leads nowhere"),
    ("links", "_redirects", "news/fl%C3%B6d/", "news/gone/", "leads nowhere"),
    ("structured", FLOOD, '"headline": "Flood tide"', '"headline": "Ebb tide"', "headline"),
    ("structured", FLOOD, '"description": "Water', '"description": "Fire', "description"),
    ("structured", FLOOD, '"datePublished": "2017-10-26T12:54:00+08:00"', '"datePublished": "2017-10-26"', "datePublished"),
    ("structured", FLOOD, "2017-10-26T12:54:00+08:00", "2017-10-26T12:54:00", "neither a day nor a moment"),
    ("structured", FLOOD, '"dateModified": "2017-10-27"', '"dateModified": "2017-10-28"', "dateModified"),
    ("structured", FLOOD, '"name": "The Copy Desk"', '"name": "The City Desk"', "author"),
    ("structured", FLOOD, '"keywords": ["Harbour", "Tides"]', '"keywords": ["Harbour"]', "keywords"),
    ("structured", FLOOD, '"articleSection": "News"', '"articleSection": ""', "articleSection"),
    ("structured", FLOOD, '"inLanguage": "en"', '"inLanguage": "fr"', "inLanguage"),
    ("structured", FLOOD, '"mainEntityOfPage": "https://paper.example/', '"mainEntityOfPage": "/', "mainEntityOfPage"),
    ("structured", FLOOD, 'class="u-url" href="/daily/news/fl%C3%B6d/"', 'class="u-url" href="/daily/"', "u-url is"),
    ("structured", FLOOD, '{"@context"', '{"@context', "not JSON"),
    ("structured", FLOOD, '"@type": "NewsArticle"', '"@type": "WebPage"', "0 articles"),
    ("structured", FLOOD, "e-content", "content", "no h-entry"),
    ("structured", "sitemap.xml", "daily/</loc>", "daily/gone/</loc>", "no such page"),
    ("structured", "sitemap.xml", "https://paper.example/daily/</loc>", "/daily/</loc>", "not below"),
    ("structured", "sitemap.xml", "daily/news/fl%C3%B6d/</loc>", "daily/</loc>", "listed twice"),
    ("structured", "sitemap.xml", "2017-10-27", "27 October", "no W3C date"),
    ("structured", "sitemap.xml", "<url><loc>https://paper.example/daily/</loc></url>", "", "index.html is missing"),
    ("structured", "sitemap.xml", "</urlset>", "", "not XML"),
    ("structured", FLOOD, "</head>", '<meta name="robots" content="noindex"></head>', "asks not to be"),
    ("feeds", "feed.xml", "</entry>", "", "feedparser objects"),
    ("feeds", "feed.xml", "<title>Flood tide</title>", "<title></title>", "no title"),
    ("feeds", "feed.xml", "<id>https://paper.example/daily/news/fl%C3%B6d/</id>", "", "no id"),
    ("feeds", "feed.xml", '<link href="https://paper.example/daily/news', '<link href="https://paper.example/daily/old',
     "leads nowhere"),
    ("feeds", "feed.xml", "<updated>2017-10-27T00:00:00Z</updated>\n<link href=", "<updated>some day</updated>\n<link href=",
     "cannot be read"),
    ("feeds", "feed.xml", "daily/feed.xml", "daily/other.xml", "rel=self"),
    ("feeds", "feed.xml", '&lt;a href="https://paper.example', '&lt;a href="', "not absolute"),
    ("feeds", "feed.json", "href='https://paper.example", "href='", "not absolute"),
    ("feeds", "feed.json", "version/1.1", "version/1", "JSON Feed 1.1"),
    ("feeds", "feed.json", '"url": "https://paper.example', '"url": "', "not absolute"),
    ("feeds", "feed.json", "2017-10-26T12:54:00+08:00", "2017-10-26", "date_published"),
]


def lay_out(folder, files):
    for path, text in files.items():
        file = Path(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def run(validator, files):
    """Runs a validator on a site made of `files`: its exit status and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(folder, files)
        command = [sys.executable, str(HERE / f"{validator}.py"), folder, BASE]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr


def faults():
    """What is wrong with the validators, as sentences."""
    for validator in ("markup", "links", "structured", "feeds"):
        status, said = run(validator, SOUND)
        if status != 0:
            yield f"{validator} is red on a sound site:\n{said}"
        status, said = run(validator, {"readme.txt": ""})
        if status == 0 or "checked no" not in said:
            yield f"{validator} is green though it checked nothing:\n{said}"
    for validator, file, old, new, complaint in BREAKAGES:
        if old not in SOUND[file]:
            yield f"{file} has no {old!r} to break"
            continue
        status, said = run(validator, SOUND | {file: SOUND[file].replace(old, new)})
        if status == 0 or complaint not in said or "Traceback" in said:
            yield f"{validator} did not say {complaint!r} of {file} with {new!r}:\n{said}"


def main():
    found = list(faults())
    for fault in found:
        print(f"not proven: {fault}")
    if not found:
        print(f"the validators are green on a sound site, and red on {len(BREAKAGES) + 4} broken ones")
    sys.exit(1 if found else 0)


main()
