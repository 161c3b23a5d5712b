"""The structured data of every article says what the page says, field by field; the sitemap lists exactly what may be indexed."""
import json
import re
import xml.etree.ElementTree as xml
from datetime import datetime
from urllib.parse import urljoin

from output import Node, Verdicts, arguments

ARTICLE_TYPES = re.compile(r"(\w*Article|BlogPosting|Report|\w*Review)$")
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$")
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def is_date(text):
    """Whether a text is a day, or a moment with its zone (W3C-DTF)."""
    if not isinstance(text, str) or not (ZONED.match(text) or DAY.match(text)):
        return False
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


def own(root, name):
    """The elements that carry a microformats property of `root` itself, not of an item nested in it."""
    found = []
    for child in root.children:
        if not isinstance(child, Node):
            continue
        if name in child.classes:
            found.append(child)
        if not any(word.startswith("h-") for word in child.classes):
            found += own(child, name)
    return found


def entry_of(page):
    """The page's own `h-entry`: the one with a body."""
    for node in page.nodes:
        if "h-entry" in node.classes and own(node, "e-content"):
            return node
    return None


def name_of(author):
    """The name in a `p-author`: its `p-name` where it has one, else all its text."""
    names = [node for node in author.walk() if "p-name" in node.classes and node is not author]
    return (names[0] if names else author).text()


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def blocks(page, verdicts):
    """The objects of every JSON-LD block of a page."""
    found = []
    for node in page.root.all("script"):
        if node.attributes.get("type") != "application/ld+json":
            continue
        try:
            value = json.loads(node.raw_text())
        except ValueError as error:
            verdicts.fail(f"{page.path}:{node.line}", f"JSON-LD is not JSON: {error}")
            continue
        for item in as_list(value):
            good = isinstance(item, dict) and re.fullmatch(r"https?://schema\.org/?", str(item.get("@context")))
            verdicts.check("JSON-LD blocks", good, page.path, "JSON-LD has no schema.org @context")
            found += as_list(item.get("@graph", item)) if isinstance(item, dict) else []
    return found


def check_dates(page, entry, data, say):
    """`datePublished` and `dateModified` equal what the page shows, and are dates."""
    for key, name in (("datePublished", "dt-published"), ("dateModified", "dt-updated")):
        shown = [node.attributes.get("datetime") for node in own(entry, name)][:1]
        value = data.get(key)
        if shown or key == "datePublished":
            say(value == (shown[0] if shown else None), f"{key} is {value!r}, the page shows {shown}")
        elif value is not None:
            say(value == data.get("datePublished"), f"{key} is {value!r}, and the page shows no change")
        say(value is None or is_date(value), f"{key} {value!r} is neither a day nor a moment with its zone")


def check_people(entry, data, say):
    shown = [name_of(node) for node in own(entry, "p-author")]
    people = as_list(data.get("author"))
    names = [person.get("name") if isinstance(person, dict) else None for person in people]
    say(names == shown, f"author is {names}, the page shows {shown}")
    for person in people:
        good = isinstance(person, dict) and person.get("@type") in ("Person", "Organization")
        say(good, f"author {person!r} is neither a Person nor an Organization")
        url = person.get("url", "https://") if isinstance(person, dict) else ""
        say(url.startswith(("https://", "http://")), f"the author's url {url!r} is not absolute")


def check_words(page, entry, data, say):
    """Headline, description, keywords, section and language."""
    headline = [node.text() for node in page.root.all("h1")]
    say([" ".join(str(data.get("headline")).split())] == headline, f"headline is {data.get('headline')!r}, h1 {headline}")
    description = data.get("description")
    say(isinstance(description, str) and description.strip(), f"description is {description!r}")
    shown = page.meta("description")
    say(shown is None or shown == description, f"description is {description!r}, the meta element says {shown!r}")
    tags = [node.text() for node in own(entry, "p-category")]
    words = data.get("keywords")
    words = [word.strip() for word in words.split(",")] if isinstance(words, str) else as_list(words)
    say(words == tags, f"keywords are {words}, the page shows {tags}")
    section = as_list(data.get("articleSection", "none"))
    say(section and all(isinstance(part, str) and part for part in section), f"articleSection is {section!r}")
    language = page.root.all("html")[0].attributes.get("lang") if page.root.all("html") else None
    say(data.get("inLanguage") == language, f"inLanguage is {data.get('inLanguage')!r}, the page's lang {language!r}")


def check_place(site, page, entry, data, say):
    """`mainEntityOfPage` and images are absolute addresses, the former the page's own."""
    shown = [node.attributes.get("href") or node.attributes.get("value") or "" for node in own(entry, "u-url")]
    permalinks = [urljoin(site.url_of(page.path), address) for address in shown]
    say(permalinks and all(site.is_at(page.path, address) for address in permalinks), f"u-url is {permalinks}")
    main = data.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    say(main in [page.link("canonical"), *permalinks], f"mainEntityOfPage is {main!r}, not {permalinks or 'canonical'}")
    for image in as_list(data.get("image")):
        address = image.get("url") if isinstance(image, dict) else image
        say(str(address).startswith(("https://", "http://")), f"image {address!r} is not absolute")


def check_article(site, verdicts, page, data):
    def say(good, fault):
        verdicts.check("fields", bool(good), page.path, fault)

    entry = entry_of(page)
    if not verdicts.check("articles", entry is not None, page.path, "the article has no h-entry with an e-content"):
        return
    check_words(page, entry, data, say)
    check_dates(page, entry, data, say)
    check_people(entry, data, say)
    check_place(site, page, entry, data, say)


def check_page(site, verdicts, page):
    found = [item for item in blocks(page, verdicts) if isinstance(item, dict)]
    articles = [item for item in found if ARTICLE_TYPES.match(str(item.get("@type")))]
    if page.meta("og:type") == "article" or articles:
        if verdicts.check("article pages", len(articles) == 1, page.path, f"{len(articles)} articles in its JSON-LD"):
            check_article(site, verdicts, page, articles[0])


def sitemap_entries(site, verdicts, file, depth=0):
    """The `(address, lastmod)` rows of a sitemap, those of an index's parts included."""
    root = xml.fromstring(site.read(file))
    rows = [(node.findtext(f"{SITEMAP}loc"), node.findtext(f"{SITEMAP}lastmod")) for node in root]
    if root.tag == f"{SITEMAP}urlset":
        verdicts.check("sitemaps", len(rows) <= 50_000, file, f"{len(rows)} addresses, more than 50,000")
        return rows
    verdicts.check("sitemaps", root.tag == f"{SITEMAP}sitemapindex" and depth == 0, file, f"root is {root.tag}")
    parts = []
    for address, _ in rows if depth == 0 else ():
        part = site.target(address or "", file)[0]
        if verdicts.check("sitemaps", part, file, f"its part {address!r} does not exist"):
            parts += sitemap_entries(site, verdicts, part, 1)
    return parts


def check_sitemap(site, verdicts):
    seen = set()
    for address, modified in sitemap_entries(site, verdicts, "sitemap.xml"):
        place = f"sitemap.xml ({address})"
        verdicts.check("addresses", (address or "").startswith(site.base_url), place, f"not below {site.base_url}")
        file = site.target(address or "", "sitemap.xml")[0]
        verdicts.check("addresses", file, place, "no such page")
        verdicts.check("addresses", file not in seen, place, "listed twice")
        verdicts.check("addresses", modified is None or is_date(modified), place, f"lastmod {modified!r} is no W3C date")
        seen.add(file)
    for page in site.pages.values():
        if page.is_hidden():
            verdicts.check("hidden pages", page.path not in seen, "sitemap.xml", f"lists {page.path}, which asks not to be")
        else:
            verdicts.check("indexable pages", page.path in seen, "sitemap.xml", f"{page.path} is missing")


def main():
    site, verdicts = arguments(), Verdicts("structured")
    for page in site.pages.values():
        check_page(site, verdicts, page)
    if "sitemap.xml" in site.known:
        try:
            check_sitemap(site, verdicts)
        except xml.ParseError as error:
            verdicts.fail("sitemap.xml", f"not XML: {error}")
    verdicts.finish("articles", "fields", "sitemaps", "indexable pages")


main()
