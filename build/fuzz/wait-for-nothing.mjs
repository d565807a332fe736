import { editReaders } from './walk-code.mjs';

/**
 * Readers that wait for nothing: the bytes of an input are in memory, and a promise for each read would take a third of the
 * time. What they do, and in which order, stays the same, for they never do two things at once.
 * @returns {import('vite').Plugin}
 */
export function waitForNothing() {
  return editReaders('wait-for-nothing', (node, code) =>
    placesOf(node).flatMap(([start, end, word]) => {
      const at = code.slice(start, end).indexOf(word);
      return at < 0 ? [] : [[start + at, start + at + word.length, '']];
    }),
  );
}

/** Where the words are that make code wait. @param {any} node @returns {[start: number, end: number, word: string][]} */
function placesOf(node) {
  if (node.type === 'AwaitExpression') return [[node.start, node.argument.start, 'await']];
  if (node.type === 'ForOfStatement' && node.await) return [[node.start, node.left.start, 'await']];
  if (node.value?.async === true) return [[node.start, node.key.start, 'async']];
  return node.async === true ? [[node.start, node.body.start, 'async']] : [];
}
