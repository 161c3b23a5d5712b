// What the scripts beside this one have in common: the index of a finished site, read from its folder.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [module, folder, ...rest] = process.argv.slice(2);

/** The script under test. */
export const script = await import(pathToFileURL(module));

/** Further arguments. */
export const given = rest;

/** What was read so far: files, and their bytes as a host sends them. */
export const read = { files: 0, bytes: 0 };

/** The text of a file of the index. */
export function get(path) {
  const text = readFileSync(`${folder}/${path.split("?")[0]}`);
  read.files += 1;
  read.bytes += gzipSync(text, { level: 6 }).length;
  return Promise.resolve(text.toString());
}

/** The index. */
export const index = new script.Index(get);

/** Every article, with its group and place. */
export async function articles() {
  const { documents } = await index.head();
  const all = documents.flatMap(({ lengths }, group) => lengths.map((_, place) => ({ group, place })));
  return Promise.all(all.map(async ({ group, place }) => ({ group, place, ...(await index.text(group, place)) })));
}
