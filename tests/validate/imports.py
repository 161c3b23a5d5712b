"""A site as its own generator builds it, and as Byline builds it once it is imported: the same articles at the same addresses,
with the same titles, dates, authors, tags and texts. A text may differ where a note of the importer stands, and only there. Then
the import is broken in one place after the other, and each time the comparison must turn red."""
import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from output import Page, Verdicts

SITES = Path(__file__).resolve().parent.parent / "import" / "sites"
# How long what a tag was replaced by in the original may be, in characters.
WORDS = 200
MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "...", "\u00a0": " ", "↩": "", "\ufe0e": ""})


def build_original(name, tool, site, out):
    """Runs the generator itself."""
    commands = {
        "hugo": [tool, "--quiet", "--source", site, "--destination", out],
        "jekyll": [tool, "build", "--quiet", "--disable-disk-cache", "--source", site, "--destination", out],
        "pelican": [tool, "content", "--quiet", "--settings", "pelicanconf.py", "--output", out],
    }
    subprocess.run(commands[name], check=True, cwd=site, stdout=subprocess.DEVNULL)


def same_text(text):
    """A text without what typographers change: the form of quotes and dashes, and white space."""
    return re.sub(r"\s+", "", text.translate(MARKS))


def shown_text(node):
    """The text of an element, with the title of an image that stands alone in its paragraph: Byline sets it as a caption. Tables
    of contents are no text: Byline sets its own beside it."""
    parts = []
    for child in node.children:
        if not isinstance(child, str) and child.attributes.get("id") == "markdown-toc":
            continue
        if isinstance(child, str):
            parts.append(child)
            continue
        parts.append(shown_text(child))
        alone = child.tag == "p" and not child.text() and len(child.all("img")) == 1
        parts.extend(image.attributes.get("title") or "" for image in child.all("img") if alone)
    return "".join(parts)


def metas(page, name):
    found = (node.attributes for node in page.nodes if node.tag == "meta")
    return [attributes.get("content") or "" for attributes in found if attributes.get("name") == name]


def original_pages(out):
    """What the generator's own templates say of each article."""
    pages = {}
    for file in sorted(out.rglob("*.html")):
        page = Page(file.as_posix(), file.read_text(encoding="utf-8"))
        if page.meta("kind") != "article" or file.is_relative_to(out / "drafts"):
            continue
        main = page.root.all("main")[0]
        pages[file.relative_to(out).as_posix()] = {
            "source": (metas(page, "source") or [""])[0],
            "title": page.root.all("title")[0].text(),
            "date": (metas(page, "date") or [""])[0],
            "authors": sorted(metas(page, "author")),
            "tags": sorted(metas(page, "tag")),
            "text": shown_text(main),
        }
    return pages


def with_class(node, name):
    return [below for below in node.walk() if name in below.classes]


def imported_page(page):
    """What Byline's page says of itself."""
    article = (with_class(page.root, "h-entry") or page.root.all("main"))[0]
    titles = page.root.all("h1")
    dates = [node.attributes.get("datetime", "") for node in with_class(article, "dt-published")]
    bodies = with_class(article, "e-content") or [article]
    return {
        "title": titles[0].text() if titles else "",
        "date": dates[0] if dates else "",
        "authors": sorted(node.text() for node in with_class(article, "p-author")),
        "tags": sorted(node.text() for node in with_class(article, "p-category")),
        "text": bodies[0].raw_text(),
    }


def same_date(one, other):
    """Whether two dates are one: the same instant, or the same day where one of them is no more than that."""
    if not one or not other:
        return one == other
    one, other = (datetime.fromisoformat(date.replace("Z", "+00:00")) for date in (one, other))
    if one.tzinfo and other.tzinfo and one == other:
        return True
    return one.date() == other.date() and (0, 0) in ((one.hour, one.minute), (other.hour, other.minute))


def notes_on(report, source):
    """What the importer noted about the text of one file: the places, in the order of the text."""
    of_text = (note for note in report["diagnostics"] if note["code"] == "unconverted" and note["line"])
    mine = (note for note in of_text if source and f"/{note['path']}".endswith(f"/{source}"))
    return sorted({(note["line"], note["column"]) for note in mine})


def construct(lines, line, column):
    """What stands at a noted place: a tag to its end, else the lines up to a blank one."""
    rest = "\n".join([lines[line - 1][column - 1:], *lines[line:]])
    for opens, closes in (("{{", "}}"), ("{%", "%}")):
        if rest.startswith(opens) and closes in rest:
            return rest[:rest.index(closes) + len(closes)]
    return rest.split("\n\n")[0]


def is_same_but_for(constructs, original, mine):
    """Whether two texts differ only where the construct of a note was left standing: a tag, or a pair of them with what stands
    between. What it had stood for is a phrase or two."""
    pattern, at = [], 0
    for left in constructs:
        found = mine.find(left, at) if left else -1
        if found < 0:
            continue
        if not (pattern and re.match(r"\{\{[<%]/|\{%end", left)):
            pattern.append(re.escape(mine[at:found]) + f".{{0,{WORDS}}}")
        at = found + len(left)
    return re.fullmatch("".join(pattern) + re.escape(mine[at:]), original, re.DOTALL) is not None


def compare(verdicts, name, pages, public, report):
    for path, original in pages.items():
        file = public / unquote(path)
        place, source = f"{name}: {path}", original["source"]
        if not verdicts.check("addresses", file.is_file(), place, "nothing is served there"):
            continue
        page = Page(path, file.read_text(encoding="utf-8"))
        if page.is_redirect() and verdicts.check("redirects", True, place, ""):
            continue
        mine = imported_page(page)
        for key in ("title", "authors", "tags"):
            verdicts.check(key, original[key] == mine[key], place, f"{key} is {mine[key]!r}, not {original[key]!r}")
        good = same_date(original["date"], mine["date"])
        verdicts.check("dates", good, place, f"the date is {mine['date']!r}, not {original['date']!r}")
        one, other = same_text(original["text"]), same_text(mine["text"])
        title = same_text(original["title"])
        if one.startswith(title) and not other.startswith(title):
            # Byline shows a headline once, where a text repeats it.
            one = one[len(title):]
        places = notes_on(report, source)
        if one != other and places:
            lines = original["lines"]
            left = [same_text(construct(lines, line, column)) for line, column in places]
            if verdicts.check("listed deviations", is_same_but_for(left, one, other), place, f"more differs than {left}"):
                continue
        at = next((at for at, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
        around = slice(max(0, at - 30), at + 40)
        verdicts.check("texts", one == other, place, f"the text differs: {one[around]!r} became {other[around]!r}")


def with_sources(pages, folder):
    """The pages, each with the lines of its file."""
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    for page in pages.values():
        named = [file for path, file in files.items() if page["source"] and f"/{path}".endswith(f"/{page['source']}")]
        page["lines"] = named[0].read_text(encoding="utf-8").split("\n") if named else []
    return pages


class Silent(Verdicts):
    """Keeps what failed to itself."""

    def __init__(self):
        super().__init__("corrupted")
        self.kinds = set()

    def check(self, what, good, place, fault):
        if not good:
            self.kinds.add(what)
        return good


# What is compared, a part of a page, and what takes its place.
CORRUPTIONS = [
    ("title", r"(<h1[^>]*>)", r"\1Not "),
    ("dates", r'(dt-published[^>]* datetime="|datetime=")[0-9]{4}', r"\g<1>1900"),
    ("authors", r'(<a class="p-name[^>]*>|<span class="p-name[^>]*>|class="p-author[^>]*>)', r"\1Not "),
    ("tags", r'(class="[^"]*p-category[^>]*>)', r"\1Not "),
    ("texts", r"(e-content[^>]*>)", r"\1<p>A word more.</p>"),
]


def corrupted(name, pages, public, report, site, byline):
    """What the comparison does not see of an import that is broken in one place."""
    plain = {path: page for path, page in pages.items() if not notes_on(report, page["source"])}
    noted = {path: page for path, page in pages.items() if path not in plain}
    for what, old, new in CORRUPTIONS:
        for some in (plain, noted):
            seen = corrupt_page(name, some, public, report, what, old, new)
            if seen is not None and not seen & {what, "listed deviations" if what == "texts" else what}:
                yield f"{what} may differ unseen: {sorted(seen)}"
    path = next(path for path in plain if not Page(path, (public / unquote(path)).read_text(encoding="utf-8")).is_redirect())
    page = public / unquote(path)
    kept = page.read_bytes()
    page.unlink()
    silent = Silent()
    compare(silent, name, pages, public, report)
    page.write_bytes(kept)
    if "addresses" not in silent.kinds:
        yield "a page may be missing unseen"
    # A word that the importer would have lost: the articles themselves, built anew.
    for article in sorted((site / "content").rglob("*.md")):
        text = article.read_text(encoding="utf-8")
        article.write_text(text.rstrip("\n") + "\n\nA word more.\n", encoding="utf-8")
    subprocess.run([byline, "build", "--quiet", "--site", site], check=True, stderr=subprocess.DEVNULL)
    silent = Silent()
    compare(silent, name, pages, public, report)
    if not {"texts"} <= silent.kinds:
        yield "the articles may differ unseen"


def corrupt_page(name, pages, public, report, what, old, new):
    """Breaks one page, the first that has what is to be broken, and gives the kinds of check that turned red."""
    for path, original in pages.items():
        file = public / unquote(path)
        text = file.read_text(encoding="utf-8")
        if original.get(what, True) and re.search(old, text) and not Page(path, text).is_redirect():
            file.write_text(re.sub(old, new, text, count=1), encoding="utf-8")
            silent = Silent()
            compare(silent, name, {path: original}, public, report)
            file.write_text(text, encoding="utf-8")
            return silent.kinds
    return None


def main():
    if len(sys.argv) < 4:
        sys.exit(f"usage: {sys.argv[0]} BYLINE WORK NAME[=TOOL]...")
    byline, work = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    verdicts = Verdicts("imports.py")
    for argument in sys.argv[3:]:
        name, _, tool = argument.partition("=")
        folder = work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copytree(SITES / name, folder / "source")
        if tool:
            build_original(name, tool, folder / "source", folder / "original")
            pages = original_pages(folder / "original")
        else:
            pages = json.loads((SITES.parent / f"{name}.json").read_text(encoding="utf-8"))
        pages = with_sources(pages, SITES / name)
        site = folder / "site"
        run = subprocess.run([byline, "import", name, SITES / name, site, "--message-format", "json", "--quiet"],
                             capture_output=True, text=True)
        if not verdicts.check("imports", run.returncode == 0, name, f"the import failed: {run.stderr}"):
            continue
        build = subprocess.run([byline, "build", "--site", site], capture_output=True, text=True)
        if verdicts.check("builds", build.returncode == 0, name, f"the build failed: {build.stderr}"):
            verdicts.check("collections", len(pages) >= 8, name, f"only {len(pages)} articles were found")
            report = json.loads(run.stdout)
            compare(verdicts, name, pages, site / "public", report)
            unseen = list(corrupted(name, pages, site / "public", report, site, byline))
            verdicts.check("corruptions", not unseen, name, "; ".join(unseen))
    verdicts.finish("addresses", "texts", "dates")


if __name__ == "__main__":
    main()
