// What a page weighs, how much must arrive before it can be read, and whether anything moves while it does.
import { gzipSync } from 'node:zlib';
import { Reader } from './reader.mjs';
import { check } from './verdict.mjs';

/** HTML and stylesheets of a typical article together, compressed, in bytes. */
const LIMIT = 15_000;
/** Requests that a page waits for before it is shown. */
const REQUESTS = 3;

async function weigh(browser, origin, page) {
  const reader = await Reader.open(browser, origin);
  const waited = [];
  let styles = 0;
  reader.page.on('response', async (response) => {
    const type = response.request().resourceType();
    if (type === 'stylesheet' || type === 'document' || type === 'font') waited.push(response.url());
    if (type === 'stylesheet') styles += gzipSync(await response.body()).length;
  });
  await reader.goto(page.path);
  const blocking = await reader.page.evaluate(() =>
    [...document.querySelectorAll('script[src]:not([defer]):not([async]):not([type="module"])')].map((script) => script.src));
  await reader.page.waitForTimeout(50);
  await reader.close();
  return { path: page.path, bytes: gzipSync(page.text).length + styles, waited: [...waited, ...blocking], faults: reader.faults };
}

/** What moves while a page is loaded. */
export async function shift(browser, origin, path, width) {
  const reader = await Reader.open(browser, origin, { width });
  await reader.page.addInitScript(() => {
    globalThis.shifted = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        globalThis.shifted.push([entry.value, entry.sources?.[0]?.node?.nodeName ?? '']);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await reader.goto(path);
  await reader.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await reader.page.waitForTimeout(300);
  const shifted = await reader.page.evaluate(() => globalThis.shifted);
  await reader.close();
  // The sum, to three decimals, as CLS is given: a table that is drawn before its last row has come may settle by a pixel.
  const sum = shifted.reduce((total, [value]) => total + value, 0).toFixed(3);
  return sum === '0.000' ? [] : [`${path} at ${width} pixels shifts by ${sum}: ${shifted.map(([, name]) => name).join(', ')}`];
}

export async function weight(browser, origin, pages) {
  const articles = pages.filter((page) => page.article);
  await check(`a typical article weighs at most ${LIMIT} bytes and waits for at most ${REQUESTS} requests`, async () => {
    const sizes = articles.map((page) => ({ page, size: gzipSync(page.text).length })).sort((a, b) => a.size - b.size);
    const typical = sizes[Math.floor(sizes.length / 2)].page;
    const found = await weigh(browser, origin, typical);
    console.log(`   ${typical.path}: ${found.bytes} bytes of HTML and stylesheets, ${found.waited.length} requests`);
    const faults = found.faults;
    if (found.bytes > LIMIT) faults.push(`${found.path} weighs ${found.bytes} bytes`);
    if (found.waited.length > REQUESTS) faults.push(`it waits for ${found.waited.join(', ')}`);
    return faults;
  });
  await check('nothing moves while a page is loaded', async () => {
    const faults = [];
    const samples = ['/', '/archive/', '/tags/', '/authors/', '/search/', ...articles.filter((_, at) => at % 12 === 0).map((page) => page.path)];
    for (const path of samples.filter((path) => pages.some((page) => page.path === path))) {
      for (const width of [360, 1440]) faults.push(...(await shift(browser, origin, path, width)));
    }
    return faults;
  });
}
