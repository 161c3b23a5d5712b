// Proves that the browser tests can fail: a small sound page is green, and red once it is broken in one place.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, source } from './accessibility.mjs';
import { launch, Reader } from './reader.mjs';
import { serve } from './server.mjs';
import { check, demand, status } from './verdict.mjs';
import { shift } from './weight.mjs';

const SOUND = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flood tide</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/paper.css">
<script defer src="/paper.js"></script>
</head>
<body>
<header><a href="#text">Skip to the text</a> <a href="#tide">The tide</a></header>
<main id="text"><h1>Flood tide</h1><p id="tide">Water reached the quay at dawn.</p></main>
</body>
</html>
`;
const FILES = {
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>',
  'paper.css': 'html { color-scheme: light dark; background: Canvas; color: CanvasText } a { display: inline-block; padding: 1rem }',
  'paper.js': '',
  '404.html': SOUND,
};

/** What breaks a page: what is replaced in a file by what, and what must be said of it. */
const BREAKS = [
  ['a message on the console', 'paper.js', '', 'console.log("hello")', 'the console says: hello'],
  ['a script that fails', 'paper.js', '', 'throw new Error("no")', 'a script failed: no'],
  ['an inline script', 'index.html', '</main>', '<script>document.title = "x"</script></main>', 'Content Security Policy'],
  ['an inline style', 'index.html', '<h1>', '<h1 style="color: red">', 'Content Security Policy'],
  ['a file that is not there', 'index.html', '</main>', '<img src="/gone.png" alt="Water"></main>', 'status 404: /gone.png'],
  ['a request to elsewhere', 'index.html', '</main>', '<img src="http://127.0.0.1:9/a.png" alt="Water"></main>', 'a request to http://127.0.0.1:9/a.png'],
  ['a page that is too wide', 'paper.css', 'html', 'p { width: 340px } html', 'at 320 pixels it scrolls sideways'],
  ['an image without a text', 'index.html', '</main>', '<img src="/icon.svg"></main>', 'image-alt'],
  ['faint text in the dark', 'paper.css', 'html', '@media (prefers-color-scheme: dark) { p { color: #333 } } html', 'dark: color-contrast'],
  ['a target that is too small', 'paper.css', 'display: inline-block; padding: 1rem', 'display: block; width: 12px; height: 9px; overflow: hidden', 'target-size'],
];

async function looked(browser, files) {
  const folder = await mkdtemp(join(tmpdir(), 'byline-browser-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const site = await serve(folder);
  const plain = await Reader.open(browser, site.origin);
  await plain.goto('/');
  const reader = await Reader.open(browser, site.origin, { bypassCSP: true });
  const faults = [...plain.faults, ...(await inspect(reader, '/', await source())), ...(await shift(browser, site.origin, '/', 360))];
  await Promise.all([plain.close(), reader.close()]);
  site.close();
  await rm(folder, { recursive: true });
  return faults;
}

const browser = await launch();
const sound = { 'index.html': SOUND, ...FILES };
await check('a sound page has no faults', () => looked(browser, sound));
for (const [name, file, what, by, said] of BREAKS) {
  await check(`${name} is found`, async () => {
    demand(sound[file].includes(what), `${file} has no ${what}`);
    const faults = await looked(browser, { ...sound, [file]: sound[file].replace(what, by) });
    return faults.some((fault) => fault.includes(said)) ? [] : [`nothing is said of it: ${faults.join('; ')}`];
  });
}
await check('a page that moves is found', async () => {
  const script = 'setTimeout(() => document.querySelector("main").insertAdjacentHTML("afterbegin", "<p>More.</p><p>More.</p>"), 100)';
  const faults = await looked(browser, { ...sound, 'paper.js': script });
  return faults.some((fault) => fault.includes('shifts by')) ? [] : ['nothing is said of it'];
});
await browser.close();
process.exit(status());
