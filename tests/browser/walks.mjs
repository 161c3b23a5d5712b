// Walks a finished site as a reader does: by links, by keyboard, on three widths, light and dark, with scripts and without.
import { Reader } from './reader.mjs';
import { check, demand } from './verdict.mjs';

const CIRCUMSTANCES = [
  { name: 'a phone, light', width: 360, height: 740, colorScheme: 'light' },
  { name: 'a phone, dark, without scripts', width: 360, height: 740, colorScheme: 'dark', javaScriptEnabled: false },
  { name: 'a tablet, dark', width: 768, height: 1024, colorScheme: 'dark' },
  { name: 'a desktop, light, without scripts', width: 1440, height: 900, colorScheme: 'light', javaScriptEnabled: false },
  { name: 'a desktop in forced colours', width: 1440, height: 900, forcedColors: 'active' },
  { name: 'a desktop with reduced motion', width: 1440, height: 900, reducedMotion: 'reduce' },
];

/** The article that the walks begin at; it has an author, a date and tags. */
const ARTICLE = '/writing/front-matter/';

async function look(reader, where) {
  const wide = await reader.overflow();
  demand(wide <= 0, `${where} scrolls sideways by ${wide} pixels`);
  const headings = await reader.page.locator('h1').count();
  demand(headings === 1, `${where} has ${headings} headings of the first rank`);
}

/** From the front page by links to each kind of page. */
async function through(reader) {
  await reader.goto('/');
  await look(reader, 'the front page');
  const story = await reader.follow('main h2 a, main h3 a');
  demand(await reader.page.locator('article.h-entry .e-content').count(), `${story}, which the front page leads to, is no article`);
  await reader.goto(ARTICLE);
  const title = await reader.text('h1');
  await look(reader, 'an article');
  const tag = await reader.follow('article a.p-category');
  demand(tag.startsWith('/tags/'), `a tag leads to ${tag}`);
  await look(reader, 'a tag');
  await reader.goto(ARTICLE);
  const author = await reader.follow('article .p-author a');
  demand(author.startsWith('/authors/'), `an author leads to ${author}`);
  await look(reader, 'an author');
  await reader.goto(ARTICLE);
  const day = await reader.follow('article a:has(time), article time a, article .dates a');
  demand(/^\/\d{4}\/\d\d\/\d\d\/$/.test(day), `a date leads to ${day}`);
  const shown = await reader.page.locator('main').innerText();
  demand(shown.includes(title), `${day} does not list the article`);
  await look(reader, 'a day');
}

async function indexes(reader) {
  await reader.goto('/');
  await reader.follow('a[href="/archive/"]');
  await look(reader, 'the archive');
  const year = await reader.follow('main a[href^="/20"]');
  await look(reader, year);
  await reader.goto('/');
  const first = await reader.page.locator('main article, main h2').count();
  await reader.follow('a[rel~="next"], a[rel~="prev"], .pager a');
  demand(/\/page\/\d+\/$/.test(reader.path()), `the pager leads to ${reader.path()}`);
  demand(first > 0 && (await reader.page.locator('main a').count()) > 3, 'a numbered page has no articles');
  await look(reader, 'a numbered page');
  for (const path of ['/tags/', '/authors/', '/series/', '/search/']) {
    await reader.goto(path);
    await look(reader, path);
  }
  reader.allowed.add('/nothing/is/here/');
  await reader.goto('/nothing/is/here/');
  await look(reader, 'the page for what is not there');
}

/** Where the keyboard leads: first past the menu, and always to something that is seen. */
async function keyboard(reader) {
  const page = await reader.goto(ARTICLE);
  const faults = [];
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
      return { name: element.outerHTML.slice(0, 90), href: element.getAttribute('href'), seen: width > 0 && height > 0, ring: ring || style.boxShadow !== 'none' };
    });
    if (step === 0 && !at.href?.startsWith('#')) faults.push(`the first stop of the keyboard is not the way past the menu: ${at.name}`);
    if (!at.seen) faults.push(`the keyboard stops at something that is not seen: ${at.name}`);
    if (!at.ring) faults.push(`nothing shows that the keyboard is at ${at.name}`);
  }
  return faults;
}

/** The switch between light and dark, if the theme has one: it is remembered, and without scripts there is none. */
async function schemes(browser, origin) {
  const background = (reader) => reader.page.evaluate(() =>
    [document.documentElement, document.body].map((element) => getComputedStyle(element).backgroundColor).join());
  const reader = await Reader.open(browser, origin, { colorScheme: 'light' });
  await reader.goto('/');
  const light = await background(reader);
  const button = reader.page.locator('button[data-scheme], button.scheme, .scheme button').first();
  demand(await button.isVisible(), 'there is no switch');
  let dark = light;
  // A switch may go through "as the system has it".
  for (let press = 0; press < 3 && dark === light; press += 1) {
    await button.click();
    dark = await background(reader);
  }
  demand(dark !== light, 'the switch changes nothing');
  await reader.goto(ARTICLE);
  demand((await background(reader)) === dark, 'the next page has forgotten it');
  await reader.page.reload();
  demand((await background(reader)) === dark, 'it is forgotten when the page is loaded again');
  const faults = reader.faults;
  await reader.close();
  const still = await Reader.open(browser, origin, { colorScheme: 'dark', javaScriptEnabled: false });
  await still.goto('/');
  demand((await still.page.locator('button:visible').count()) === 0, 'a button is shown that cannot work without scripts');
  demand((await background(still)) !== light, 'without scripts the system\'s wish for dark is not heard');
  await still.close();
  return faults;
}

/** Pages that are written from right to left, and others in the same site. */
async function directions(browser, origin, pages) {
  const arabic = pages.find((page) => page.article && /<html[^>]* lang="ar/.test(page.text));
  demand(arabic, 'the site has no article in Arabic');
  const faults = [];
  for (const width of [360, 768, 1440]) {
    const reader = await Reader.open(browser, origin, { width });
    const page = await reader.goto(arabic.path);
    demand((await page.locator('html').getAttribute('dir')) === 'rtl', 'an article in Arabic is not from right to left');
    const wide = await reader.overflow();
    if (wide > 0) faults.push(`at ${width} pixels it scrolls sideways by ${wide}`);
    const left = await page.evaluate(() => {
      const paragraph = document.querySelector('.e-content p');
      const range = document.createRange();
      range.selectNodeContents(paragraph);
      const [line] = range.getClientRects();
      const box = paragraph.getBoundingClientRect();
      return box.right - line.right < line.left - box.left + 1;
    });
    if (!left) faults.push(`at ${width} pixels its lines do not begin at the right`);
    faults.push(...reader.faults);
    await reader.close();
  }
  return faults;
}

/** Search by keyboard alone, in two languages, and by an address that was passed on. */
async function search(browser, origin, pages) {
  const faults = [];
  for (const [language, question] of questions(pages)) {
    const reader = await Reader.open(browser, origin);
    await reader.goto(ARTICLE);
    await reader.page.keyboard.press('/');
    await reader.page.waitForFunction(() => document.activeElement?.type === 'search', null, { timeout: 10_000 });
    await reader.page.keyboard.type(question);
    const results = reader.page.locator('[data-search-results] a, .search-results a');
    await results.first().waitFor({ timeout: 10_000 });
    await reader.page.keyboard.press('ArrowDown');
    const focused = await reader.page.evaluate(() => document.activeElement?.closest('[data-search-results], .search-results') !== null || document.activeElement?.hasAttribute('aria-activedescendant'));
    if (!focused) faults.push(`${language}: the arrow does not lead to the first result`);
    const target = new URL(await results.first().getAttribute('href'), origin).pathname;
    await reader.page.keyboard.press('Enter');
    await reader.page.waitForURL((url) => url.pathname === target, { timeout: 10_000 });
    const text = await reader.page.locator('main').innerText();
    if (!text.toLowerCase().includes(question.toLowerCase())) faults.push(`${language}: ${target} does not speak of ${question}`);
    await reader.goto(`/search/?q=${encodeURIComponent(question)}`);
    await results.first().waitFor({ timeout: 10_000 });
    await reader.page.keyboard.press('/');
    await reader.page.keyboard.press('Escape');
    faults.push(...reader.faults);
    await reader.close();
  }
  return faults;
}

/** A word of English, and two characters that stand together in an article in Chinese. */
function questions(pages) {
  const chinese = pages.find((page) => page.article && /<html[^>]* lang="zh/.test(page.text));
  demand(chinese, 'the site has no article in Chinese');
  const body = chinese.text.slice(chinese.text.indexOf('e-content')).replace(/<[^>]*>/g, '');
  return [['English', 'standfirst'], ['Chinese', body.match(/\p{Script=Han}{2}/u)[0]]];
}

export async function walks(browser, origin, pages) {
  for (const { name, ...circumstances } of CIRCUMSTANCES) {
    await check(`a walk through the site on ${name}`, async () => {
      const reader = await Reader.open(browser, origin, circumstances);
      await through(reader);
      await indexes(reader);
      const moving = await reader.page.evaluate(() => document.getAnimations().length).catch(() => 0);
      if (circumstances.reducedMotion && moving > 0) reader.faults.push('something moves');
      await reader.close();
      return reader.faults;
    });
  }
  await check('the keyboard leads past the menu, and shows where it is', async () => {
    const reader = await Reader.open(browser, origin);
    const faults = await keyboard(reader);
    await reader.close();
    return [...faults, ...reader.faults];
  });
  await check('the choice of light or dark is remembered', () => schemes(browser, origin));
  await check('an article in Arabic is set from right to left', () => directions(browser, origin, pages));
  await check('search by keyboard, in English and in Chinese', () => search(browser, origin, pages));
}
