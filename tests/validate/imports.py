"""A site as its own generator builds it, and as Byline builds it once it is imported: the same articles at the same addresses,
with the same titles, dates, authors, tags and texts. What differs must be listed in the importer's report."""
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
    """The text of an element, with the title of an image that stands alone in its paragraph: Byline sets it as a caption."""
    parts = []
    for child in node.children:
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


def compare(verdicts, name, pages, public, report):
    listed = {}
    for note in report["diagnostics"]:
        listed.setdefault(note["path"] or "", []).append(note["message"])
    for path, original in pages.items():
        file = public / unquote(path)
        place, source = f"{name}: {path}", original["source"]
        if not verdicts.check("addresses", file.is_file(), place, "nothing is served there"):
            continue
        page = Page(path, file.read_text(encoding="utf-8"))
        if page.is_redirect() and verdicts.check("redirects", True, place, ""):
            continue
        mine = imported_page(page)
        excused = any(source and key.endswith(source) for key in listed)
        for key in ("title", "authors", "tags"):
            same = original[key] == mine[key]
            verdicts.check(key, same or excused, place, f"{key} is {mine[key]!r}, not {original[key]!r}, and that is not listed")
        good = same_date(original["date"], mine["date"])
        verdicts.check("dates", good or excused, place, f"the date is {mine['date']!r}, not {original['date']!r}")
        one, other = same_text(original["text"]), same_text(mine["text"])
        title = same_text(original["title"])
        if one.startswith(title) and not other.startswith(title):
            # Byline shows a headline once, where a text repeats it.
            one = one[len(title):]
        if one != other and excused:
            verdicts.check("listed deviations", True, place, "")
            continue
        at = next((at for at, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), min(len(one), len(other)))
        around = slice(max(0, at - 30), at + 40)
        verdicts.check("texts", one == other, place, f"the text differs: {one[around]!r} became {other[around]!r}")


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
        site = folder / "site"
        run = subprocess.run([byline, "import", name, SITES / name, site, "--message-format", "json", "--quiet"],
                             capture_output=True, text=True)
        if not verdicts.check("imports", run.returncode == 0, name, f"the import failed: {run.stderr}"):
            continue
        build = subprocess.run([byline, "build", "--site", site], capture_output=True, text=True)
        if verdicts.check("builds", build.returncode == 0, name, f"the build failed: {build.stderr}"):
            verdicts.check("collections", len(pages) >= 8, name, f"only {len(pages)} articles were found")
            compare(verdicts, name, pages, site / "public", json.loads(run.stdout))
    verdicts.finish("addresses", "texts", "dates")


main()
