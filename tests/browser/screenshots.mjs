// Pictures of each kind of page, light and dark, on a phone and on a desktop. `node screenshots.mjs FOLDER PICTURES`.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launch, Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { pages } from './site.mjs';

const [folder, pictures] = process.argv.slice(2).map((path) => resolve(path));
const DEVICES = { phone: { width: 390, height: 844, deviceScaleFactor: 2 }, desktop: { width: 1280, height: 900 } };

/** A page of each kind, the first by address where any will do. */
function kinds(all) {
  const first = (pattern) => all.find((page) => pattern.test(page.path))?.path;
  const language = (tag) => all.find((page) => page.article && page.text.includes(`<html lang="${tag}`))?.path;
  const found = {
    front: '/',
    article: '/writing/front-matter/',
    'article-with-image': '/building/page-numbers/',
    'article-of-the-archive': '/morgue/ferry-bell-rings-again-after-nine-silent-years/',
    'article-in-chinese': language('zh'),
    'article-in-arabic': language('ar'),
    section: '/writing/',
    tag: first(/^\/tags\/[^/]+\/$/),
    tags: '/tags/',
    author: first(/^\/authors\/[^/]+\/$/),
    authors: '/authors/',
    archive: '/archive/',
    year: first(/^\/\d{4}\/$/),
    month: first(/^\/\d{4}\/\d\d\/$/),
    day: first(/^\/\d{4}\/\d\d\/\d\d\/$/),
    series: first(/^\/series\/[^/]+\/$/),
    'numbered-page': first(/\/page\/\d+\/$/),
    search: '/search/',
    'not-found': '/404.html',
  };
  return Object.entries(found).filter(([, path]) => all.some((page) => page.path === path));
}

await mkdir(pictures, { recursive: true });
const site = await serve(folder);
const browser = await launch();
const all = kinds(await pages(folder));
for (const colorScheme of ['light', 'dark']) {
  for (const [device, size] of Object.entries(DEVICES)) {
    const reader = await Reader.open(browser, site.origin, { colorScheme, ...size });
    for (const [kind, path] of all) {
      const page = await reader.goto(path);
      await page.screenshot({ path: join(pictures, `${kind}-${device}-${colorScheme}.png`), animations: 'disabled' });
    }
    await reader.close();
  }
}
await browser.close();
site.close();
console.log(`${all.length * 4} pictures in ${pictures}`);
