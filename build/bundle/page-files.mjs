import { readdir } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * Every file the page may ask for: URL path → file (relative to app/renderer) and MIME type. The app:// handler looks
 * paths up here and never joins one; a file whose type is not listed above is not served.
 * @param {string} folder the built renderer
 * @returns {Promise<Record<string, { file: string, type: string }>>}
 */
export async function listPageFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const served = files.flatMap((path) => {
    const file = path.slice(folder.length + 1).replaceAll(sep, '/');
    const type = TYPES[extname(file)];
    return type === undefined ? [] : [[`/${file}`, { file, type }]];
  });
  return Object.fromEntries(served.sort());
}
