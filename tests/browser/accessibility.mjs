// Every page of a site in both schemes: no violation of WCAG 2.2 AA or of axe's best practices, no message of the browser, and
// nothing wider than the window from 320 pixels on.
import { readFile } from 'node:fs/promises';
import { packages, Reader } from './reader.mjs';
import { check } from './verdict.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** 320 pixels are what a window of 1,280 pixels has at 400 %. */
const WIDTHS = [320, 360, 768, 1440];
/** Pages that are looked at side by side. */
const TABS = 3;

function told(violation) {
  const [first] = violation.nodes;
  return `${violation.id} (${violation.nodes.length}): ${first.html.slice(0, 160)} ${first.failureSummary.slice(0, 240)}`;
}

/** The text of the checker. */
export function source() {
  return readFile(packages.resolve('axe-core/axe.min.js'), 'utf8');
}

/** What is wrong with a page. */
export async function inspect(reader, path, axe) {
  const faults = [];
  const page = await reader.goto(path);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await reader.overflow();
    if (wide > 0) faults.push(`at ${width} pixels it scrolls sideways by ${wide}`);
  }
  await page.evaluate(axe);
  // Wide and light, then narrow and dark: each scheme gets all rules, and each layout is seen.
  for (const [colorScheme, width] of [['light', 1440], ['dark', 360]]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await page.evaluate(
      (values) => axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), RULES);
    faults.push(...violations.map((violation) => `${colorScheme}: ${told(violation)}`));
  }
  faults.push(...reader.faults.splice(0));
  return faults;
}

export async function accessibility(browser, origin, pages) {
  const axe = await source();
  const queue = [...pages];
  const tab = async () => {
    // The policy would keep the checker out; the walks are made under it.
    const reader = await Reader.open(browser, origin, { bypassCSP: true });
    reader.page.setDefaultTimeout(60_000);
    for (let page = queue.shift(); page; page = queue.shift()) {
      await check(`${decodeURI(page.path)} is accessible in both schemes`, () => inspect(reader, page.path, axe));
    }
    await reader.close();
  };
  await Promise.all(Array.from({ length: TABS }, tab));
}
