"""Every link, source and anchor inside the output resolves, those of the files for machines included; ids are unique; every
page has one h1; and no page needs anything that `Content-Security-Policy: default-src 'self'` forbids."""
import re

from output import Verdicts, arguments

ADDRESSES = {"href", "src", "poster", "data", "action", "cite"}
# What a page loads by itself, and so must come from the site.
LOADED = {("img", "src"), ("script", "src"), ("source", "src"), ("video", "src"), ("audio", "src"), ("track", "src"),
          ("iframe", "src"), ("embed", "src"), ("object", "data"), ("video", "poster"), ("input", "src")}
# What other sites are told about a page, and so must be absolute.
ANNOUNCED = {"og:url", "og:image", "twitter:image"}
OTHER_SCHEME = re.compile(r"(mailto|tel):", re.IGNORECASE)


def addresses(node):
    """The addresses that an element names, each with its attribute."""
    for name, value in node.attributes.items():
        if name in ADDRESSES and value is not None:
            yield name, value
        elif name == "srcset" and value:
            for candidate in value.split(","):
                yield "src", candidate.split()[0]
    if node.tag == "meta" and (node.attributes.get("http-equiv") or "").lower() == "refresh":
        yield "href", (node.attributes.get("content") or "").partition("url=")[2].strip("'\" ")


def check_address(site, verdicts, page, node, name, value):
    place = f"{page.path}:{node.line}"
    if OTHER_SCHEME.match(value):
        return
    if re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", value, re.IGNORECASE):
        verdicts.fail(place, f"{name}={value!r} has a scheme that the policy forbids")
        return
    file, fragment = site.target(value, page.path)
    loads = (node.tag, name) in LOADED or (node.tag == "link" and "stylesheet" in (node.attributes.get("rel") or ""))
    if file is None:
        verdicts.check("addresses outside", not loads, place, f"{node.tag} loads {value!r} from another host")
        return
    if not verdicts.check("links", file != "", place, f"{name}={value!r} leads nowhere"):
        return
    target = site.pages.get(file)
    if fragment and target and not fragment.startswith(":~:"):
        good = fragment in target.ids or fragment == "top"
        verdicts.check("anchors", good, place, f"{name}={value!r}: {file} has no id {fragment!r}")


def check_policy(verdicts, page, node):
    place, attributes = f"{page.path}:{node.line}", node.attributes
    inline = node.tag == "script" and "src" not in attributes and attributes.get("type") != "application/ld+json"
    verdicts.check("elements", not inline, place, "an inline script")
    if node.tag in ("style", "base"):
        verdicts.fail(place, f"a {node.tag} element")
    for name in attributes:
        if name == "style" or name.startswith("on"):
            verdicts.fail(place, f"an inline {name} attribute on {node.tag}")


def check_page(site, verdicts, page):
    headings = len(page.root.all("h1"))
    enough = headings == 1 or (headings == 0 and page.is_redirect())
    verdicts.check("pages", enough, page.path, f"{headings} h1 elements")
    for name, count in page.ids.items():
        verdicts.check("ids", count == 1 and name != "", page.path, f"the id {name!r} is there {count} times")
    for place in ("rel=canonical", *ANNOUNCED):
        address = page.link("canonical") if place == "rel=canonical" else page.meta(place)
        if address is not None:
            good = re.match(r"https?://", address) and site.target(address, page.path)[0] != ""
            verdicts.check("announced addresses", good, page.path, f"{place} {address!r} is not absolute or leads nowhere")
    for node in page.nodes:
        check_policy(verdicts, page, node)
        for name, value in addresses(node):
            check_address(site, verdicts, page, node, name, value)


def check_stylesheet(site, verdicts, file):
    text = re.sub(r"/\*.*?\*/", "", site.read(file), flags=re.DOTALL)
    for value in re.findall(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""", text):
        if not value.startswith("#"):
            verdicts.check("stylesheet addresses", bool(site.target(value, file)[0]), file, f"{value!r} leads nowhere")


def check_machine_files(site, verdicts):
    """robots.txt names the sitemap; llms.txt and _redirects name what is there."""
    named = []
    if "robots.txt" in site.known:
        sitemaps = re.findall(r"(?im)^sitemap:\s*(\S+)", site.read("robots.txt"))
        for address in sitemaps:
            verdicts.check("files for machines", address.startswith(site.base_url), "robots.txt", f"{address!r} is not absolute")
        named += [("robots.txt", address) for address in sitemaps]
    if "llms.txt" in site.known:
        named += [("llms.txt", address) for address in re.findall(r"\]\(<?([^)>\s]+)", site.read("llms.txt"))]
    if "_redirects" in site.known:
        rules = [line.split() for line in site.read("_redirects").splitlines() if line.strip() and not line.startswith("#")]
        named += [("_redirects", rule[1] if len(rule) > 1 else "") for rule in rules]
    for file, address in named:
        verdicts.check("files for machines", site.target(address, file)[0] != "", file, f"{address!r} leads nowhere")


def main():
    site, verdicts = arguments(), Verdicts("links")
    for page in site.pages.values():
        check_page(site, verdicts, page)
    for file in site.named(r".*\.css"):
        check_stylesheet(site, verdicts, file)
    check_machine_files(site, verdicts)
    verdicts.finish("pages", "links")


main()
