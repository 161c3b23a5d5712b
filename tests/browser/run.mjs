// The browser tests: walks, weight, accessibility. `node run.mjs FOLDER [PART…]`, where FOLDER is a finished site.
import { resolve } from 'node:path';
import { accessibility } from './accessibility.mjs';
import { launch } from './reader.mjs';
import { serve } from './server.mjs';
import { pages } from './site.mjs';
import { status } from './verdict.mjs';
import { walks } from './walks.mjs';
import { weight } from './weight.mjs';

const [folder, ...wanted] = process.argv.slice(2);
const parts = { walks, weight, accessibility };
const site = await serve(resolve(folder));
const browser = await launch();
const all = await pages(resolve(folder));
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part(browser, site.origin, all);
}
await browser.close();
site.close();
process.exit(status());
