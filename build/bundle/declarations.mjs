import { cp, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { root } from '../setup/places.mjs';
import { tryCommand } from '../setup/run-command.mjs';

/** Where the compiler puts declarations, laid out as the sources are. */
export const declarations = join(root, 'node_modules/.types');

const entry = join(declarations, 'src-main/core/index.d.ts');
const specifier = /\bfrom '(\.[^']+)\.ts'|\bimport\('(\.[^']+)\.ts'\)|^import '(\.[^']+)\.ts'/gm;

/** Has the compiler write the declarations of the core as its sources are now. What is wrong with their types is told elsewhere. */
export function emitDeclarations() {
  return tryCommand(join(root, 'node_modules/.bin/tsc'), ['-b', 'src-main/core'], { cwd: root });
}

/** The declarations that the core's entry is made of. @returns {Promise<Map<string, string>>} their text by their path */
export async function readDeclarations() {
  /** @type {Map<string, string>} */
  const texts = new Map();
  const waiting = [entry];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = await readFile(path, 'utf8');
    texts.set(path, text);
    for (const [, from, by, bare] of text.matchAll(specifier))
      waiting.push(`${join(dirname(path), from ?? by ?? bare ?? '')}.d.ts`);
  }
  return texts;
}

/** Copies them. @param {string} folder */
export async function copyDeclarations(folder) {
  for (const path of (await readDeclarations()).keys())
    await cp(path, join(folder, relative(declarations, path)));
}
