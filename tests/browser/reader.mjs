// A reader with a browser: opens pages, and notes whatever the browser complains of.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** The folder of the node packages, where tests/run installs them. */
const TOOLS = process.env.BYLINE_TOOLS;
if (!TOOLS) throw new Error('BYLINE_TOOLS names the folder in which npm installed the packages');
export const packages = createRequire(`${TOOLS}/packages.js`);

/** Debian's browser, or the one that CHROMIUM names. */
export function chromium() {
  return process.env.CHROMIUM ?? execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
}

export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function launch() {
  return packages('playwright-core').chromium.launch({ executablePath: chromium(), args: FLAGS });
}

/** Opens pages of one site under one set of circumstances. Every message on the console, every failed request, every request
 * that leaves the site and every breach of the policy is a fault, with the page that it happened on. */
export class Reader {
  static async open(browser, origin, { width = 1280, height = 900, ...circumstances } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, ...circumstances });
    return new Reader(context, await context.newPage(), origin);
  }

  constructor(context, page, origin) {
    Object.assign(this, { context, page, origin, faults: [], allowed: new Set() });
    const fault = (text) => this.faults.push(`${new URL(page.url(), origin).pathname}: ${text}`);
    page.on('console', (message) => {
      const missing = message.text().includes('404 (Not Found)') && this.allowed.has(new URL(page.url()).pathname);
      if (!missing) fault(`the console says: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => fault(`a script failed: ${error.message}`));
    page.on('requestfailed', (request) => {
      // Whoever leaves a page stops what it was still loading.
      const left = request.failure()?.errorText === 'net::ERR_ABORTED';
      if (!left) fault(`a request failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    page.on('response', (response) => {
      const path = new URL(response.url()).pathname;
      if (response.status() >= 400 && !this.allowed.has(path)) fault(`status ${response.status()}: ${path}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) fault(`a request to ${request.url()}`);
    });
  }

  async goto(path) {
    await this.page.goto(new URL(path, this.origin).href, { waitUntil: 'load' });
    return this.page;
  }

  /** Follows the first link that matches, as a click does, and gives the path that it led to. */
  async follow(selector) {
    const link = this.page.locator(selector).first();
    const target = new URL(await link.getAttribute('href'), this.page.url());
    await Promise.all([this.page.waitForURL(target.href), link.click()]);
    await this.page.waitForLoadState('load');
    return target.pathname;
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  /** By how many pixels the page is wider than the window. */
  overflow() {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  close() {
    return this.context.close();
  }
}
