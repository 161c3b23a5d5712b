// Lighthouse on one page of each kind: full marks for performance, accessibility, best practices and findability, on a phone and
// on a desktop. `node lighthouse.mjs FOLDER REPORTS`.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, FLAGS } from './reader.mjs';
import { serve } from './server.mjs';
import { pages } from './site.mjs';
import { check, status } from './verdict.mjs';

const packages = createRequire(`${process.env.BYLINE_LIGHTHOUSE}/packages.js`);
const load = async (name) => import(pathToFileURL(packages.resolve(name)).href);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
/** How often a page is tried before a mark for performance counts: other programs on the machine slow it down. */
const TRIES = 3;

const [folder, reports] = process.argv.slice(2).map((path) => resolve(path));
const { default: lighthouse, desktopConfig } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

/** A page of each kind; search is asked not to be found, and so cannot have full marks for being found. */
function kinds(all) {
  const tag = all.find((page) => /^\/tags\/[^/]+\/$/.test(page.path));
  const wanted = { front: '/', article: '/writing/front-matter/', tag: tag?.path, archive: '/archive/', search: '/search/' };
  return Object.entries(wanted).filter(([, path]) => all.some((page) => page.path === path));
}

async function judge(url, device, port, kind) {
  const flags = { port, logLevel: 'error', output: 'html', onlyCategories: CATEGORIES };
  const result = await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined);
  await writeFile(join(reports, `${kind}-${device}.html`), result.report);
  const { categories, audits } = result.lhr;
  const marks = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(categories[name].score * 100)]));
  const lost = (name) => categories[name].auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.995)
    .map(({ id }) => `${id} ${audits[id].displayValue ?? ''}`.trim());
  return { marks, lost };
}

await mkdir(reports, { recursive: true });
const site = await serve(folder);
const browser = await launch({ chromePath: chromium(), chromeFlags: ['--headless=new', ...FLAGS] });
for (const [kind, path] of kinds(await pages(folder))) {
  for (const device of ['mobile', 'desktop']) {
    await check(`${kind} on a ${device === 'mobile' ? 'phone' : 'desktop'}`, async () => {
      let found;
      for (let tries = 0; tries < TRIES && !(found?.marks.performance === 100); tries += 1) {
        found = await judge(new URL(path, site.origin).href, device, browser.port, kind);
      }
      console.log(`   ${path}: ${CATEGORIES.map((name) => `${name} ${found.marks[name]}`).join(', ')}`);
      return CATEGORIES.filter((name) => found.marks[name] < 100).flatMap((name) => {
        const lost = found.lost(name);
        return name === 'seo' && kind === 'search' && lost.every((audit) => audit === 'is-crawlable') ? [] : `${name} ${found.marks[name]}: ${lost.join(', ')}`;
      });
    });
  }
}
await browser.kill();
site.close();
process.exit(status());
