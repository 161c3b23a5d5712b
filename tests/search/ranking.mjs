// Holds the first ten of many questions against a ranking that reads every text whole and shares nothing with the script but the
// weights: BM25 of the articles' words, k1 = 1.2, b = 0.75. Prints how many of all first tens agree, and what questions cost.
// Texts are those that the index shows, or, with an output folder as second argument, those of the articles' pages, whole.
import { readFileSync } from "node:fs";
import { articles, given, index, read, script } from "./open.mjs";

const WEIGHTS = [["title", 5], ["summary", 2], ["tags", 3], ["authors", 3], ["text", 1]];
const questions = Number(given[0]);
const all = await articles();

/** The text of an article's page: all that stands in its body. */
function whole(url) {
  const html = readFileSync(`${given[1]}${decodeURIComponent(new URL(url, "https://paper.example").pathname)}index.html`, "utf8");
  const start = html.indexOf('<div class="body e-content">');
  let depth = 0;
  for (const tag of html.slice(start).matchAll(/<(\/?)div\b/g)) {
    depth += tag[1] ? -1 : 1;
    if (depth > 0) continue;
    const body = html.slice(start, start + tag.index).replace(/<\/?(?:span|a|em|strong|code|sup)\b[^>]*>/g, "");
    return body.replace(/<[^>]*>/g, " ").replace(/&(?:amp|lt|gt|quot);/g, " ");
  }
  throw new Error(`${url} has no body`);
}
if (given[1]) for (const article of all) article.text = whole(article.url);

const bags = all.map((article) => {
  const bag = new Map();
  let length = 0;
  for (const [field, weight] of WEIGHTS) {
    const text = [article[field] ?? ""].flat().join(" ").toLowerCase();
    for (const [word] of text.matchAll(/[a-z0-9]+/g)) {
      bag.set(word, (bag.get(word) ?? 0) + weight);
      length += weight;
    }
  }
  return { bag, length };
});
const average = bags.reduce((sum, { length }) => sum + length, 0) / bags.length;

function ranked(words) {
  const having = words.map((word) => bags.filter(({ bag }) => bag.has(word)).length);
  const score = ({ bag, length }) =>
    words.reduce((sum, word, at) => {
      const often = bag.get(word) ?? 0;
      const rarity = Math.log(1 + (bags.length - having[at] + 0.5) / (having[at] + 0.5));
      return sum + (rarity * often * 2.2) / (often + 1.2 * (0.25 + (0.75 * length) / average));
    }, 0);
  const scored = bags.map((bag, at) => ({ ...all[at], score: score(bag) })).filter((one) => one.score > 0);
  return scored.sort((a, b) => b.score - a.score || a.group - b.group || a.place - b.place);
}

// Words are drawn as they stand in the texts: the frequent ones more often.
let seed = 7;
const below = (bound) => (seed = (seed * 48271) % 2147483647) % bound;
const draw = () => {
  const words = all[below(all.length)].text.toLowerCase().match(/[a-z0-9]+/g);
  return words[below(words.length)];
};

let [agree, most, bytes, files, slowest] = [0, 0, [], 0, 0];
for (let number = 0; number < questions; number += 1) {
  const words = [draw(), draw()];
  const wanted = ranked([...new Set(words)]).slice(0, 10);
  const fresh = new script.Index(index.get);
  const before = { ...read };
  // Once for the files, as a reader's first question; once more for the time after the last byte.
  const found = (await fresh.search(words.join(" "))).slice(0, 10);
  await Promise.all(found.map(({ group, place }) => fresh.text(group, place)));
  bytes.push(read.bytes - before.bytes);
  files = Math.max(files, read.files - before.files);
  const start = performance.now();
  await fresh.search(words.join(" "));
  slowest = Math.max(slowest, performance.now() - start);
  const key = ({ group, place }) => `${group}/${place}`;
  const mine = new Set(found.map(key));
  agree += wanted.filter((one) => mine.has(key(one))).length;
  most += wanted.length;
}
bytes.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    articles: all.length,
    questions,
    overlap: agree / most,
    bytes_median: bytes[bytes.length >> 1],
    bytes_most: bytes[bytes.length - 1],
    files_most: files,
    slowest_ms: Math.round(slowest),
  }),
);
