// Asks one question: `ask.mjs MODULE FOLDER QUESTION [typing] [NARROWED BY ...]`. Prints the titles of what was found, best first,
// a line each, with what is marked in each text.
import { given, index, script } from "./open.mjs";

const [question, typing, ...narrow] = given;
const found = await index.search(question, typing === "typing", narrow);
for (const { group, place } of found) {
  const { title, text, summary } = await index.text(group, place);
  const body = text ?? summary;
  const marks = script.hits(body, question, typing === "typing").map(([start, end]) => body.slice(start, end));
  console.log([title, ...marks].join(" | "));
}
