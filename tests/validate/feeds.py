"""Every feed is well formed, and every entry has what readers need: Atom and RSS as feedparser reads them, JSON Feed 1.1 by
its text."""
import html
import json
import re
from datetime import datetime

import feedparser

from output import Verdicts, arguments

ABSOLUTE = re.compile(r"https?://[^/\s]+/\S*$")


def is_moment(text):
    """Whether a text is an RFC 3339 date and time."""
    if not isinstance(text, str) or not re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", text):
        return False
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True


def check_address(site, verdicts, file, place, address):
    """An entry's address is absolute, and leads to a page if it lies on this host."""
    if verdicts.check("addresses", ABSOLUTE.match(address or ""), place, f"link {address!r} is not absolute"):
        verdicts.check("addresses", site.target(address, file)[0] != "", place, f"link {address!r} leads nowhere")


def check_body(site, verdicts, file, place, markup):
    """What an entry's HTML links to and shows is absolute: a reader has no page to resolve it against."""
    for address in re.findall(r"""<[a-z][^>]*?\s(?:href|src)=["']([^"']*)["']""", markup or "", re.IGNORECASE):
        address = html.unescape(address)
        if not re.match(r"(mailto|tel):", address, re.IGNORECASE):
            check_address(site, verdicts, file, place, address)


def check_image(site, verdicts, file, place, address, kind):
    """An entry's image is told with its whole address and its media type."""
    check_address(site, verdicts, file, place, address)
    verdicts.check("fields", (kind or "").startswith("image/"), place, f"the image {address!r} is of type {kind!r}")


def check_entry(site, verdicts, file, entry):
    place = f"{file} ({entry.get('id') or entry.get('title')})"
    for key in ("id", "title"):
        verdicts.check("fields", (entry.get(key) or "").strip(), place, f"an entry has no {key}")
    for author in entry.get("authors", ()):
        verdicts.check("fields", author.get("name"), place, f"an author is {author!r}")
        if author.get("href"):
            check_address(site, verdicts, file, place, author["href"])
    shown = [link for link in entry.get("links", ()) if link.get("rel") == "enclosure"] + entry.get("media_content", [])
    for image in shown:
        check_image(site, verdicts, file, place, image.get("href") or image.get("url"), image.get("type"))
    moment = entry.get("updated_parsed") or entry.get("published_parsed")
    verdicts.check("fields", moment, place, f"its date {entry.get('updated')!r} cannot be read")
    check_address(site, verdicts, file, place, entry.get("link"))
    bodies = [content.get("value") for content in entry.get("content", ())] + [entry.get("summary")]
    verdicts.check("entries", any(bodies), place, "neither content nor summary")
    for body in bodies:
        check_body(site, verdicts, file, place, body)


def check_unique(verdicts, file, ids):
    verdicts.check("fields", len(ids) == len(set(ids)), file, "two entries share an id")


def check_xml(site, verdicts, file):
    feed = feedparser.parse((site.folder / file).read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    good = not feed.bozo and feed.version in ("atom10", "rss20")
    fault = f"feedparser objects ({feed.version or 'not a feed'}): {feed.get('bozo_exception', 'unknown version')}"
    if not verdicts.check("feeds", good, file, fault):
        return
    for key in ("title", "link") + (("id", "updated") if feed.version == "atom10" else ()):
        verdicts.check("fields", feed.feed.get(key), file, f"the feed has no {key}")
    own = [link.get("href") for link in feed.feed.get("links", ()) if link.get("rel") == "self"]
    good = len(own) == 1 and site.is_at(file, own[0])
    verdicts.check("fields", good, file, f"rel=self is {own}, not {site.url_of(file)}")
    for entry in feed.entries:
        check_entry(site, verdicts, file, entry)
    check_unique(verdicts, file, [entry.get("id") for entry in feed.entries])


def check_item(site, verdicts, file, item):
    place = f"{file} ({item.get('id')})"
    verdicts.check("fields", isinstance(item.get("id"), str) and item["id"], place, "an item has no id")
    body = item.get("content_html", item.get("content_text"))
    verdicts.check("entries", isinstance(body, str), place, "neither content_html nor content_text")
    check_body(site, verdicts, file, place, item.get("content_html"))
    for key in ("date_published", "date_modified"):
        verdicts.check("fields", key not in item or is_moment(item[key]), place, f"{key} is {item.get(key)!r}")
    authors = item.get("authors", [])
    good = isinstance(authors, list) and all(isinstance(author, dict) and author.get("name") for author in authors)
    verdicts.check("fields", good, place, f"authors is {authors!r}")
    tags = item.get("tags", [])
    verdicts.check("fields", isinstance(tags, list) and all(isinstance(tag, str) for tag in tags), place, f"tags is {tags!r}")
    check_address(site, verdicts, file, place, item.get("url"))
    for address in [author.get("url") for author in authors if isinstance(author, dict)] + [item.get("image")]:
        if address is not None:
            check_address(site, verdicts, file, place, address)


def check_json(site, verdicts, file):
    try:
        feed = json.loads(site.read(file))
    except ValueError as error:
        verdicts.fail(file, f"not JSON: {error}")
        return
    good = isinstance(feed, dict) and feed.get("version") == "https://jsonfeed.org/version/1.1"
    if not verdicts.check("feeds", good, file, "its version is not JSON Feed 1.1"):
        return
    verdicts.check("fields", isinstance(feed.get("title"), str) and feed["title"], file, "the feed has no title")
    address = feed.get("feed_url", site.url_of(file))
    verdicts.check("fields", site.is_at(file, address), file, f"feed_url is {address!r}")
    items = feed.get("items")
    if verdicts.check("fields", isinstance(items, list), file, "items is not a list"):
        for item in items:
            check_item(site, verdicts, file, item)
        check_unique(verdicts, file, [item.get("id") for item in items])


def main():
    site, verdicts = arguments(), Verdicts("feeds")
    for file in site.named(r"feed\.xml|rss\.xml|atom\.xml"):
        check_xml(site, verdicts, file)
    for file in site.named(r"feed\.json"):
        check_json(site, verdicts, file)
    verdicts.finish("feeds", "entries")


main()
