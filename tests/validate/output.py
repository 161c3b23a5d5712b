"""What the validators share: the output folder as a host would serve it, its pages as trees, and the verdicts."""
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

VOID = set("area base br col embed hr img input link meta source track wbr".split())
# Elements whose end tag HTML lets an author leave out: each closes an open one of these kinds.
CLOSED_BY = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"},
    "tbody": {"thead", "tbody", "tr", "td", "th"}, "tfoot": {"tbody", "tr", "td", "th"}, "option": {"option"}, "p": {"p"},
}
CONTAINERS = {"ul", "ol", "dl", "table", "select", "body", "div", "section", "article", "main", "blockquote", "footer"}


class Node:
    """An element: its tag, attributes, line, and what it holds (elements and texts)."""

    def __init__(self, tag, attributes, line):
        self.tag, self.attributes, self.line, self.children = tag, attributes, line, []

    @property
    def classes(self):
        return (self.attributes.get("class") or "").split()

    def walk(self):
        """The element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def text(self):
        """Its text, white space collapsed."""
        return " ".join(self.raw_text().split())

    def raw_text(self):
        """Its text as written."""
        return "".join(child if isinstance(child, str) else child.raw_text() for child in self.children)

    def all(self, tag):
        """The elements of one kind below it."""
        return [node for node in self.walk() if node.tag == tag]


class Page(HTMLParser):
    """One HTML file as a tree."""

    def __init__(self, path, text):
        super().__init__(convert_charrefs=True)
        self.path = path
        self.root = Node("#document", {}, 1)
        self.open = [self.root]
        self.feed(text)
        self.close()
        self.nodes = list(self.root.walk())
        self.ids = Counter(node.attributes["id"] for node in self.nodes if "id" in node.attributes)

    def handle_starttag(self, tag, attributes):
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag in CLOSED_BY.get(tag, ()):
                del self.open[at:]
            elif self.open[at].tag in CONTAINERS:
                break
        node = Node(tag, dict(attributes), self.getpos()[0])
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if self.open[-1].tag == tag and tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return

    def handle_data(self, data):
        self.open[-1].children.append(data)

    def meta(self, name):
        """The content of a `meta` element, by name, property or http-equiv; None where there is none."""
        for node in self.nodes:
            keys = (node.attributes.get(key, "") or "" for key in ("name", "property", "http-equiv"))
            if node.tag == "meta" and name in (key.lower() for key in keys):
                return node.attributes.get("content") or ""
        return None

    def link(self, relation):
        """The address of the first `link` element with that relation; None where there is none."""
        for node in self.nodes:
            if node.tag == "link" and relation in (node.attributes.get("rel") or "").lower().split():
                return node.attributes.get("href")
        return None

    def is_redirect(self):
        return self.meta("refresh") is not None

    def is_hidden(self):
        """Whether search engines are asked to pass the page over."""
        return "noindex" in (self.meta("robots") or "").lower() or self.is_redirect() or self.path == "404.html"


class Site:
    """An output folder and the address where it will be served."""

    def __init__(self, folder, base_url):
        self.folder = Path(folder)
        self.base_url = base_url.rstrip("/") + "/"
        self.base_path = urlsplit(self.base_url).path
        self.files = sorted(
            file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file()
        )
        self.known = set(self.files)
        self._pages = None

    def named(self, pattern):
        """The files whose last part fits a regular expression."""
        return [file for file in self.files if re.fullmatch(pattern, file.rsplit("/", 1)[-1])]

    def read(self, file):
        return (self.folder / file).read_text(encoding="utf-8")

    @property
    def pages(self):
        """Every HTML page by its path."""
        if self._pages is None:
            self._pages = {file: Page(file, self.read(file)) for file in self.files if file.endswith(".html")}
        return self._pages

    def url_of(self, file):
        """The absolute address at which a file is served."""
        return self.base_url + quote(re.sub(r"(^|/)index\.html$", r"\1", file), safe="/!$&'()*+,;=:@~")

    def is_at(self, file, address):
        """Whether an absolute address is the one of a file, in whatever way its letters are percent-encoded."""
        return unquote(address or "") == unquote(self.url_of(file))

    def target(self, link, source):
        """Where a link on the page `source` leads: `(file, fragment)`.

        The file is None for a link that leaves the site, and "" for one that stays on the host but finds no file.
        """
        absolute = urlsplit(urljoin(self.url_of(source), link.strip()))
        base = urlsplit(self.base_url)
        if (absolute.scheme, absolute.netloc) != (base.scheme, base.netloc):
            return None, ""
        if not absolute.path.startswith(self.base_path):
            return "", absolute.fragment
        path = unquote(absolute.path[len(self.base_path):])
        file = path + "index.html" if path == "" or path.endswith("/") else path
        return (file if file in self.known else ""), unquote(absolute.fragment)


class Verdicts:
    """Counts what was checked, prints what was wrong, and ends the process accordingly."""

    def __init__(self, name):
        self.name, self.failures, self.counts = name, 0, {}

    def check(self, what, good, place, fault):
        """Notes one check of the kind `what`; prints the fault if it is not good."""
        self.counts[what] = self.counts.get(what, 0) + 1
        if not good:
            self.fail(place, fault)
        return good

    def fail(self, place, fault):
        self.failures += 1
        print(f"FAIL {place}: {fault}")

    def finish(self, *required):
        """Prints the verdict. Each kind in `required` must have been checked at least once."""
        for what in required:
            if not self.counts.get(what):
                self.fail(self.name, f"checked no {what}")
        if not self.failures:
            print(f"ok {self.name}: " + ", ".join(f"{count} {what}" for what, count in self.counts.items()))
        sys.exit(1 if self.failures else 0)


def arguments():
    """The output folder and the base URL, from the command line."""
    if len(sys.argv) != 3 or not Path(sys.argv[1]).is_dir():
        sys.exit(f"usage: {sys.argv[0]} OUTPUT_FOLDER BASE_URL")
    return Site(sys.argv[1], sys.argv[2])
