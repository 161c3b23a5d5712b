// The pages of a finished site.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Every HTML page: its address, its kind and its text. Redirects, which nobody sees, are left out. */
export async function pages(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const names = files.map((file) => relative(folder, join(file.parentPath ?? file.path, file.name)).split(sep).join('/'));
  const found = [];
  for (const name of names.filter((name) => name.endsWith('.html')).sort()) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text.includes('http-equiv="refresh"')) continue;
    const path = `/${name}`.replace(/\/index\.html$/, '/').split('/').map(encodeURIComponent).join('/');
    found.push({ path, text, article: text.includes('h-entry') && text.includes('e-content') });
  }
  return found;
}
