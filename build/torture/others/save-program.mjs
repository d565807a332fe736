/**
 * A library that saves files, driven line by line: `{ path, seed, bytes }` in, `{ error }` out.
 *
 *     node save-program.mjs LIBRARY-FOLDER NAME
 */

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { weightsOf } from '../weights.mjs';

const [folder = '', name = ''] = process.argv.slice(2);
const found = createRequire(`${folder}/x.js`).resolve(name);
const library = await import(pathToFileURL(found).href);
const save = library.writeFile ?? library.default;

for await (const line of createInterface({ input: process.stdin })) {
  const { path, seed, bytes } = JSON.parse(line);
  const error = await save(path, weightsOf(seed, bytes)).then(
    () => null,
    (/** @type {Error} */ thrown) => thrown.message,
  );
  process.stdout.write(`${JSON.stringify({ error })}\n`);
}
