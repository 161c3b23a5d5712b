// Cuts the text of every article anew, in the browser's way, and holds the terms against those of the index: the same, as often.
// Characters that this Node does not know yet are left out on both sides, and so are a, b and c, which the test puts beside each.
import { articles, get, index, script } from "./open.mjs";

const WEIGHTS = [["title", 5], ["summary", 2], ["tags", 3], ["authors", 3], ["text", 1]];
const NEW = /\p{Cn}/u;
const { groups, shards } = await index.head();

const kept = new Map();
for (const group of groups.keys()) {
  for (let shard = 0; shard < shards; shard += 1) {
    for (const line of (await get(`${group}/${shard}.txt`)).split("\n").filter(Boolean)) {
      const term = line.slice(0, line.indexOf("\t"));
      if (script.shard(term, shards) !== shard) throw new Error(`${term} is in shard ${shard}`);
      kept.set(`${group} ${term}`, line.slice(line.indexOf("\t") + 1));
    }
  }
}

// As src/render/search.rs writes lists.
function places(lists) {
  const found = new Map();
  for (const list of lists.split(" ")) {
    const numbers = [];
    for (let at = 0; at < list.length; ) {
      const digits = [];
      do digits.push(list.charCodeAt(at) - 35);
      while (digits[digits.length - 1] >= 64 && ++at < list.length);
      at += 1;
      numbers.push(digits.reduceRight((value, digit) => digit + 28 * value, 0));
    }
    numbers.slice(1).reduce((next, gap) => (found.set(next + gap, numbers[0]), next + gap + 1), 0);
  }
  return found;
}

const indexed = new Map();
for (const [name, lists] of kept) {
  const [group, term] = [name.slice(0, name.indexOf(" ")), name.slice(name.indexOf(" ") + 1)];
  if (/^[#@/=]|\*$/.test(term) || NEW.test(term) || /^[abc]$/.test(term)) continue;
  for (const [place, often] of places(lists)) indexed.set(`${group}/${place} ${term}`, often);
}

let faults = 0;
const fault = (text) => (faults += 1) < 20 && console.log(text);
let terms = 0;
for (const article of await articles()) {
  const bag = new Map();
  for (const [field, weight] of WEIGHTS) {
    const text = [article[field] ?? ""].flat().join(" ").split(" ").filter((word) => !NEW.test(word)).join(" ");
    for (const term of script.words(text)) bag.set(term, (bag.get(term) ?? 0) + weight);
  }
  for (const [term, often] of bag) {
    if (/^[abc]$/.test(term)) continue;
    const name = `${article.group}/${article.place} ${term}`;
    if (indexed.get(name) !== often) fault(`${name}: ${often} in the browser, ${indexed.get(name)} in the index`);
    indexed.delete(name);
    terms += 1;
  }
}
for (const [name, often] of indexed) fault(`${name}: none in the browser, ${often} in the index`);
if (faults) throw new Error(`${faults} terms differ`);
console.log(terms);
