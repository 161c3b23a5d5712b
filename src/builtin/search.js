// Searches the site from its search page: reads a few of the static files below /search/, ranks by BM25, shows what was found.
// Nothing is sent anywhere. The words are cut as src/plan/search/words.rs cuts them, the files read as src/render/search.rs
// writes them.

const PASSED_OVER =
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d\u2060\ufeff]/g;
const LATIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", þ: "th", ς: "σ" };
const WORD = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
const RUN = /[\p{Alphabetic}\p{N}\p{M}\u00ad\u200c\u200d\u2060\ufeff]+/gu;
const MARK = /\p{M}/u;
const TRIPLES = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/u;
const PAIRS =
  /[\u1100-\u11ff\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const LONGEST = 40;
const COMMON = 4;
const K1 = 1.2;
const B = 0.75;
const SHOWN = 10;
const ALTERNATIVES = 64;
const SNIPPET = 220;

/** Letters without case, accents and compatibility forms. */
export function fold(text) {
  const bare = text.normalize("NFKD").replace(PASSED_OVER, "").normalize("NFC");
  return bare.toLowerCase().replace(/[ßæœøđðħıłþς]/g, (letter) => LATIN[letter]);
}

/** How many letters a term has in a script without blanks between words; 0 where there are some. */
function width(letter) {
  return PAIRS.test(letter) ? 2 : TRIPLES.test(letter) ? 3 : 0;
}

/** The letters of a run, each with its marks. */
function units(run) {
  const found = [];
  let lead = "";
  for (const letter of run) {
    if (!MARK.test(letter)) {
      found.push(lead + letter);
      lead = "";
    } else if (found.length) {
      found[found.length - 1] += letter;
    } else {
      lead += letter;
    }
  }
  return found.length ? found : [lead];
}

/** Runs of letters of one script. */
function pieces(run) {
  const found = [];
  for (const letter of run) {
    const last = found[found.length - 1];
    const own = last && MARK.test(letter) ? last.width : width(letter);
    if (last && last.width === own) {
      last.text += letter;
    } else {
      found.push({ text: letter, width: own });
    }
  }
  return found;
}

/** The terms of a text, in order. */
export function words(text) {
  const terms = [];
  // Folding may make signs of letters: ½.
  const runs = [...text.matchAll(RUN)].flatMap(([run]) => fold(run).match(WORD) ?? []);
  for (const run of runs) {
    for (const piece of pieces(run)) {
      if (piece.width === 0) {
        terms.push([...piece.text].slice(0, LONGEST).join(""));
        continue;
      }
      const letters = units(piece.text);
      const size = Math.min(piece.width, letters.length);
      for (let at = 0; at + size <= letters.length; at += 1) {
        terms.push(letters.slice(at, at + size).join(""));
      }
    }
  }
  return terms;
}

/** The shard of a term: FNV-1a of the letters that all terms of a shard share. */
export function shard(term, shards) {
  const whole = "#@/=".includes(term[0]) || width([...term][0]) > 0;
  const common = whole ? term : [...term].slice(0, COMMON).join("");
  let hash = 0x811c9dc5;
  for (let at = 0; at < common.length; at += 1) {
    hash = Math.imul(hash ^ common.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 16)) & (shards - 1);
}

/** A line of numbers. */
function numbers(line) {
  const list = [];
  for (let at = 0; at < line.length; ) {
    let [value, times, digit] = [0, 1, 64];
    while (digit >= 64 && at < line.length) {
      digit = line.charCodeAt(at) - 35;
      value += digit * times;
      times *= 28;
      at += 1;
    }
    list.push(value);
  }
  return list;
}

/** Calls `take` with the place of each article that has a term, and with how often it has it. */
function each(lists, take) {
  for (const list of lists.split(" ")) {
    const [often, ...gaps] = numbers(list);
    let place = -1;
    for (const gap of gaps) {
      place += gap + 1;
      take(place, often);
    }
  }
}

/** How many articles have a term. */
function count(lists) {
  let articles = 0;
  for (const list of lists.split(" ")) {
    articles += numbers(list).length - 1;
  }
  return articles;
}

/** The index: a folder of files, each fetched once. */
export class Index {
  #parts = new Map();
  #head = null;

  /** `get` fetches the text of a file by its path below the folder; of the first one, whatever a cache says. */
  constructor(get) {
    this.get = get;
  }

  #part(path, read) {
    if (!this.#parts.has(path)) {
      const part = this.get(path, false).then(read);
      part.catch(() => this.#parts.delete(path));
      this.#parts.set(path, part);
    }
    return this.#parts.get(path);
  }

  /** What there is to be searched. */
  head() {
    this.#head ??= this.#open();
    this.#head.catch(() => (this.#head = null));
    return this.#head;
  }

  async #open() {
    const head = JSON.parse(await this.get("index.json", true));
    const read = (text) => {
      const [buckets, lengths, days] = text.split("\n").map(numbers);
      return { buckets, lengths, days };
    };
    const parts = head.groups.map((age, group) => this.#part(`${group}/documents.txt?${age}`, read));
    head.documents = await Promise.all(parts);
    head.average = 0;
    head.newest = 0;
    for (const { lengths, days } of head.documents) {
      for (const length of lengths) head.average += length / head.articles;
      for (const day of days) head.newest = Math.max(head.newest, day);
    }
    return head;
  }

  /** For each group, the terms of the shard that a term is in, with their articles. */
  async terms(term) {
    const head = await this.head();
    const number = shard(term, head.shards);
    const read = (text) => {
      const terms = new Map();
      for (const line of text.split("\n")) {
        const tab = line.indexOf("\t");
        if (tab > 0) terms.set(line.slice(0, tab), line.slice(tab + 1));
      }
      return terms;
    };
    return Promise.all(head.groups.map((age, group) => this.#part(`${group}/${number}.txt?${age}`, read)));
  }

  /** What is shown of an article. */
  async text(group, place) {
    const head = await this.head();
    let before = 0;
    let bucket = 0;
    while (before + head.documents[group].buckets[bucket] <= place) {
      before += head.documents[group].buckets[bucket];
      bucket += 1;
    }
    const path = `${group}/texts-${bucket}.json?${head.groups[group]}`;
    return (await this.#part(path, JSON.parse))[place - before];
  }

  /**
   * The articles that a question finds, best first: their groups, places and scores. While it is being typed, its last word may be
   * the beginning of one. `narrow` has terms that all articles must have.
   */
  async search(question, typing = false, narrow = []) {
    const terms = words(question);
    const [head, allowed, ...clauses] = await Promise.all([
      this.head(),
      this.#allowed(narrow),
      ...[...new Set(terms)].map((term) => {
        const last = typing && term === terms[terms.length - 1] && !/[\s\p{P}]$/u.test(question);
        return this.#clause(term, last);
      }),
    ]);
    const found = [];
    for (const [group, { lengths, days }] of head.documents.entries()) {
      const scores = new Float64Array(lengths.length);
      for (const clause of clauses) this.#add(scores, clause, group, head);
      if (terms.length === 0 && allowed) scores.fill(1);
      scores.forEach((score, place) => {
        if (score > 0 && (!allowed || allowed[group].has(place))) {
          found.push({ group, place, score: score * freshness(head, days[place]) });
        }
      });
    }
    return found.sort((a, b) => b.score - a.score || a.group - b.group || a.place - b.place);
  }

  /** The places of the articles of each group that have all these terms. */
  async #allowed(terms) {
    let allowed = null;
    for (const term of terms) {
      const groups = await this.terms(term);
      allowed = groups.map((shard, group) => {
        const places = new Set();
        each(shard.get(term) ?? "", (place) => {
          if (!allowed || allowed[group].has(place)) places.add(place);
        });
        return places;
      });
    }
    return allowed;
  }

  /** The terms that a word of the question stands for: itself, and, where it may be a beginning, those that begin so. */
  async #clause(term, beginning) {
    const letters = width([...term][0]) ? units(term) : [...term];
    // One letter is the beginning of too much.
    if (beginning && letters.length === 1 && width(term) === 0) return [];
    const short = letters.length < (width([...term][0]) || COMMON);
    const start = short && (beginning || width([...term][0]) > 0) ? `${term}*` : null;
    const shards = await Promise.all([this.terms(term), start && this.terms(start)]);
    const often = new Map();
    for (const groups of shards) {
      for (const terms of groups ?? []) {
        const take = (name) => terms.has(name) && often.set(name, (often.get(name) ?? 0) + count(terms.get(name)));
        if (groups === shards[1]) take(start);
        else if (!beginning || short) take(term);
        else for (const name of terms.keys()) if (name.startsWith(term) && !name.endsWith("*")) take(name);
      }
    }
    const alternatives = [...often].sort((a, b) => (b[0] === term) - (a[0] === term) || b[1] - a[1]);
    return alternatives.slice(0, ALTERNATIVES).map(([name, articles]) => ({
      name,
      articles,
      factor: name === term ? 1 : 0.5,
      groups: name === start ? shards[1] : shards[0],
    }));
  }

  /** Adds what a word of the question gives to each article of a group: of several terms that it stands for, the best. */
  #add(scores, clause, group, head) {
    const { lengths } = head.documents[group];
    const best = new Map();
    for (const { name, articles, factor, groups } of clause) {
      const lists = groups[group].get(name);
      if (lists === undefined) continue;
      const rarity = Math.log(1 + (head.articles - articles + 0.5) / (articles + 0.5)) * factor;
      each(lists, (place, often) => {
        const size = K1 * (1 - B + (B * lengths[place]) / head.average);
        const score = (rarity * often * (K1 + 1)) / (often + size);
        if (clause.length === 1) scores[place] += score;
        else best.set(place, Math.max(score, best.get(place) ?? 0));
      });
    }
    best.forEach((score, place) => (scores[place] += score));
  }
}

/** What is left of an article's score for its age: half at most is taken. */
function freshness(head, day) {
  if (!head.recency) return 1;
  return day ? (1 + 2 ** ((day - head.newest) / head.recency)) / 2 : 0.5;
}

/** Where words of the question stand in a text: beginnings and ends, in order. */
export function hits(text, question, typing) {
  const terms = words(question);
  const wanted = new Set(terms);
  const last = typing ? terms[terms.length - 1] : null;
  const found = [];
  for (const run of text.matchAll(RUN)) {
    let at = run.index;
    for (const piece of pieces(run[0])) {
      if (piece.width === 0) {
        const own = words(piece.text);
        const begins = (term) => last !== null && term.startsWith(last);
        if (own.some((term) => wanted.has(term) || begins(term))) found.push([at, at + piece.text.length]);
      } else {
        const letters = units(piece.text);
        for (let size = 1; size <= piece.width; size += 1) {
          for (let from = 0, start = at; from + size <= letters.length; start += letters[from].length, from += 1) {
            const part = letters.slice(from, from + size).join("");
            if (wanted.has(fold(part))) found.push([start, start + part.length]);
          }
        }
      }
      at += piece.text.length;
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.reduce((joined, [start, end]) => {
    const before = joined[joined.length - 1];
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else joined.push([start, end]);
    return joined;
  }, []);
}

/** The part of a text where most words of the question stand, as a beginning and an end. */
function excerpt(text, marks) {
  if (text.length <= SNIPPET) return [0, text.length];
  let [best, most] = [0, 0];
  for (const [start] of marks) {
    const from = Math.max(0, start - 50);
    const inside = marks.filter((mark) => mark[0] >= from && mark[1] <= from + SNIPPET);
    const kinds = new Set(inside.map((mark) => fold(text.slice(...mark)))).size * 100 + inside.length;
    if (kinds > most) [best, most] = [from, kinds];
  }
  let start = Math.min(best, text.length - SNIPPET);
  let end = start + SNIPPET;
  const blank = text.indexOf(" ", start);
  if (start > 0 && blank >= 0 && blank < start + 30) start = blank + 1;
  const final = text.lastIndexOf(" ", end);
  if (end < text.length && final > end - 30) end = final;
  if (/[\ud800-\udbff]/.test(text[end - 1])) end += 1;
  if (/[\udc00-\udfff]/.test(text[start])) start += 1;
  return [start, end];
}

/** An element with what is in it. What is text stays text. */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content.filter((part) => part !== null));
  return made;
}

/** A part of a text with its marks. */
function marked(text, marks, start = 0, end = text.length) {
  const parts = [];
  let at = start;
  for (const [from, to] of marks) {
    if (from < at || to > end) continue;
    parts.push(text.slice(at, from), element("mark", {}, text.slice(from, to)));
    at = to;
  }
  parts.push(text.slice(at, end));
  return parts;
}

/** The day of a date as it is written in the page's language. */
function written(date) {
  const [year, month, day] = date.slice(0, 10).split("-").map(Number);
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
  return Number.isNaN(day) ? date : format.format(Date.UTC(year, month - 1, day));
}

/** An article that was found, as an item of the list. */
function item(article, question, typing) {
  const { title, url, summary, text, section, date, authors = [], tags = [], language } = article;
  let body = text || summary;
  let marks = hits(body, question, typing);
  if (marks.length === 0 && summary) [body, marks] = [summary, hits(summary, question, typing)];
  const [start, end] = excerpt(body, marks);
  const snippet = [...(start > 0 ? ["… "] : []), ...marked(body, marks, start, end), ...(end < body.length ? [" …"] : [])];
  const about = [section, authors.join(", "), tags.join(", ")].filter(Boolean).join(" · ");
  const link = element("a", { href: url }, ...marked(title, hits(title, question, typing)));
  return element(
    "li",
    language ? { class: "found", lang: language } : { class: "found" },
    element("h2", { class: "found-title" }, link),
    body ? element("p", { class: "found-text" }, ...snippet) : null,
    element("p", { class: "found-about" }, date ? element("time", { datetime: date }, written(date)) : null, date && about ? " · " : "", about),
  );
}

/** Brings the page to life. */
function start(form) {
  const input = form.querySelector("input[type=search]");
  const choices = [...form.querySelectorAll("select")];
  const [status, list, more] = ["status", "results", "more"].map((name) => document.querySelector(`[data-search-${name}]`));
  const index = new Index(async (path, anew) => {
    const answer = await fetch(form.dataset.index + path, anew ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${answer.status} ${path}`);
    return answer.text();
  });
  const signs = { tag: "#", author: "@", section: "/", year: "=" };
  let [turn, found, shown, typed] = [0, [], 0, false];

  const say = (text) => (status.textContent = text.replace("{q}", input.value.trim()).replace("{n}", found.length));

  const show = async () => {
    const own = turn;
    const next = found.slice(shown, shown + SHOWN);
    const articles = await Promise.all(next.map(({ group, place }) => index.text(group, place)));
    if (own !== turn) return;
    if (shown === 0) list.replaceChildren();
    list.append(...articles.map((article) => item(article, input.value, typed)));
    shown += next.length;
    more.hidden = shown >= found.length;
  };

  const run = async (typing) => {
    const own = (turn += 1);
    const narrow = choices.filter((one) => one.value).map((one) => signs[one.name] + one.value);
    const question = input.value.trim();
    try {
      const all = question || narrow.length ? await index.search(input.value, typing, narrow) : [];
      if (own !== turn) return;
      [found, shown, typed] = [all, 0, typing];
      await show();
      if (own === turn) say(found.length ? form.dataset.found : question || narrow.length ? form.dataset.none : "");
    } catch {
      if (own === turn) say(form.dataset.failed);
    }
  };

  const address = () => {
    const asked = new URLSearchParams();
    for (const one of [input, ...choices]) if (one.value.trim()) asked.set(one.name, one.value.trim());
    return asked.size ? `?${asked}` : location.pathname;
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    for (const one of choices) {
      const value = asked.get(one.name) ?? "";
      if (value && ![...one.options].some((option) => option.value === value)) one.append(new Option(value, value));
      one.value = value;
    }
    run(false);
  };

  const links = () => [...list.querySelectorAll(".found-title a")];
  const move = (step) => {
    const all = [input, ...links()];
    all[Math.min(Math.max(all.indexOf(document.activeElement) + step, 0), all.length - 1)].focus();
  };

  let pause = 0;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      history.replaceState(null, "", address());
      run(true);
    }, 80);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    history.pushState(null, "", address());
    run(false);
  });
  for (const one of choices) one.addEventListener("change", () => form.requestSubmit());
  more.addEventListener("click", async () => {
    const before = shown;
    await show();
    links()[before]?.focus();
  });
  addEventListener("popstate", read);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target === input || list.contains(event.target);
    if (event.key === "/" && !event.target.closest("input, select, textarea, [contenteditable]")) input.focus();
    else if (event.key === "ArrowDown" && inside) move(1);
    else if (event.key === "ArrowUp" && inside) move(-1);
    else if (event.key === "Escape" && list.contains(event.target)) input.focus();
    else if (event.key === "Escape" && event.target === input && input.value) {
      input.value = "";
      input.dispatchEvent(new Event("input"));
    } else return;
    event.preventDefault();
  });
  form.hidden = false;
  read();
}

if (typeof document !== "undefined") {
  const form = document.querySelector("form[data-search]");
  if (form) start(form);
}
