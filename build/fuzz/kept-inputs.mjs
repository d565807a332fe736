import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../setup/places.mjs';

/** How many characters are kept for each parser. */
const MOST_KEPT = 24_000;

/** Inputs that led somewhere new before, a line of base64 each. @param {string} parser */
export const keptFile = (parser) => join(root, 'build/fuzz/kept', `${parser}.txt`);

/** The smallest of what was found, as far as there is room. @param {string} parser @param {string[]} corpora */
export function keepSmallest(parser, corpora) {
  let left = MOST_KEPT;
  const chosen = [...new Set(corpora.filter(existsSync).flatMap(readLines))]
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .filter((line) => {
      left -= line.length + 1;
      return left >= 0;
    });
  mkdirSync(dirname(keptFile(parser)), { recursive: true });
  writeFileSync(keptFile(parser), chosen.map((line) => `${line}\n`).join(''));
}

/** @param {string} file */
const readLines = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);
