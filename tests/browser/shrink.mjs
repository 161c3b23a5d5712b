// A picture at 960 pixels wide or less, as WebP: `node shrink.mjs FROM TO`. The browser draws it and encodes it.
import { readFile, writeFile } from 'node:fs/promises';
import { launch } from './reader.mjs';

const [from, to] = process.argv.slice(2);
const picture = `data:image/png;base64,${(await readFile(from)).toString('base64')}`;
const browser = await launch();
const page = await browser.newPage();
const shrunk = await page.evaluate(async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(image.width, 960);
  canvas.height = Math.round((image.height * canvas.width) / image.width);
  const drawing = canvas.getContext('2d');
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', 0.8);
}, picture);
await browser.close();
await writeFile(to, Buffer.from(shrunk.slice(shrunk.indexOf(',') + 1), 'base64'));
