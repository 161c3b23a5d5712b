// Serves a finished site as a careful host would: with a strict policy for what pages may load, and nothing else.
import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What the templates and themes promise to work under. */
export const POLICY = "default-src 'self'";

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};
const COMPRESSED = /text|json|xml|javascript/;

async function find(folder, address) {
  const path = normalize(decodeURIComponent(new URL(address, 'http://localhost').pathname));
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  const found = await stat(file).catch(() => null);
  return found?.isFile() && file.startsWith(folder) ? file : null;
}

/** Serves a folder on a free port; `close` ends it. Files whose names bear a fingerprint may be kept for good. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const found = await find(folder, request.url).catch(() => null);
    const file = found ?? join(folder, '404.html');
    let body = await readFile(file).catch(() => Buffer.from('nothing is here'));
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const headers = {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': /-[0-9a-f]{8,}\./.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (COMPRESSED.test(type) && /gzip/.test(request.headers['accept-encoding'] ?? '')) {
      body = gzipSync(body);
      headers['content-encoding'] = 'gzip';
    }
    response.writeHead(found ? 200 : 404, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
