// The browser tests: walks, weight, accessibility. `node run.mjs FOLDER [PART…]`, where FOLDER is a finished site. The part
// `samples` is accessibility on a page of each kind.
import { resolve } from 'node:path';
import { accessibility } from './accessibility.mjs';
import { launch } from './reader.mjs';
import { serve } from './server.mjs';
import { kinds, pages } from './site.mjs';
import { status } from './verdict.mjs';
import { walks } from './walks.mjs';
import { weight } from './weight.mjs';

const [folder, ...wanted] = process.argv.slice(2);
const samples = (browser, origin, all) => {
  const paths = kinds(all).map(([, path]) => path);
  return accessibility(browser, origin, all.filter((page) => paths.includes(page.path)));
};
const parts = { walks, weight, accessibility };
const site = await serve(resolve(folder));
const browser = await launch();
const all = await pages(resolve(folder));
const chosen = wanted.length === 0 ? Object.values(parts) : wanted.map((name) => ({ ...parts, samples })[name]);
for (const part of chosen) await part(browser, site.origin, all);
await browser.close();
site.close();
process.exit(status());
