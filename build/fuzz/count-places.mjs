import { editReaders } from './walk-code.mjs';

/** Stands for the counters until all modules are known. */
const COUNTERS = 'globalThis.__placesOfReaders';

/**
 * Counts how often each block and each branch of the readers is reached, in the bytes of `globalThis.fuzzCounters`.
 * @returns {import('vite').Plugin}
 */
export function countPlaces() {
  let places = 0;
  const count = () => `${COUNTERS}[${places++}]++`;
  return {
    ...editReaders('count-places', (node) => mark(node, count)),
    renderChunk(code) {
      const size = 4 * Math.ceil(places / 4);
      const head = `const __places = globalThis.fuzzCounters = new Uint8Array(${size});\n`;
      return { code: head + code.replaceAll(COUNTERS, '__places'), map: null };
    },
  };
}

/** @param {any} node @param {() => string} count @returns {import('./walk-code.mjs').Edit[]} */
function mark(node, count) {
  if (node.type === 'BlockStatement') return [[node.start + 1, node.start + 1, `${count()};`]];
  return branchesOf(node).flatMap((branch) => [
    [branch.start, branch.start, `(${count()}, (`],
    [branch.end, branch.end, '))'],
  ]);
}

/** Expressions that are reached or not. @param {any} node @returns {any[]} */
function branchesOf(node) {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate];
  if (node.type === 'LogicalExpression') return [node.right];
  return node.type === 'ArrowFunctionExpression' && node.expression ? [node.body] : [];
}
