import { parseAst } from 'vite';

const READERS = /\/core\/formats\/(?!fixtures\/)[^?]*\.ts$/;

/** @typedef {[start: number, end: number, text: string]} Edit */

/**
 * A plugin that changes the code of the readers, and of nothing else.
 * @param {string} name @param {(node: any, code: string) => Edit[]} edit what is changed for each node of the syntax
 * @returns {import('vite').Plugin}
 */
export function editReaders(name, edit) {
  return {
    name,
    enforce: 'post',
    transform(code, id) {
      if (!READERS.test(id)) return null;
      /** @type {Edit[]} */
      const edits = [];
      walk(parseAst(code), (node) => edits.push(...edit(node, code)));
      return { code: applyEdits(code, edits), map: null };
    },
  };
}

/** From the end to the start, so that no edit moves another. @param {string} code @param {Edit[]} edits */
function applyEdits(code, edits) {
  return edits
    .sort(([a], [b]) => b - a)
    .reduce((text, [start, end, instead]) => text.slice(0, start) + instead + text.slice(end), code);
}

/** @param {any} node @param {(node: any) => void} visit */
function walk(node, visit) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') visit(node);
  for (const value of Object.values(node)) walk(value, visit);
}
