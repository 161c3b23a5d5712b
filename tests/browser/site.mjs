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

/** A page of each kind, the first by address where any will do. */
export function kinds(all) {
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
