// Pictures of each kind of page, light and dark, on a phone and on a desktop. `node screenshots.mjs FOLDER PICTURES`.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { launch, Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { kinds, pages } from './site.mjs';

const [folder, pictures] = process.argv.slice(2).map((path) => resolve(path));
const DEVICES = { phone: { width: 390, height: 844, deviceScaleFactor: 2 }, desktop: { width: 1280, height: 900 } };

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
