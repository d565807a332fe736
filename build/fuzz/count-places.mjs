import { parseAst } from 'vite';

const COUNTED = /\/core\/formats\/(?!fixtures\/)[^?]*\.ts$/;

/**
 * Counts how often each block and each branch of the readers is reached, in the bytes of `globalThis.fuzzCounters`.
 * @returns {import('vite').Plugin}
 */
export function countPlaces() {
  let places = 0;
  return {
    name: 'count-places',
    enforce: 'post',
    transform(code, id) {
      if (!COUNTED.test(id)) return null;
      /** @type {[number, string][]} */
      const inserted = [];
      const count = () => `__places[${places++}]++`;
      walk(parseAst(code), (node) => mark(node, inserted, count));
      const body = inserted
        .sort(([a], [b]) => b - a)
        .reduce((text, [at, what]) => text.slice(0, at) + what + text.slice(at), code);
      return {
        code: `const __places = globalThis.fuzzCounters ??= new Uint8Array(8192);\n${body}`,
        map: null,
      };
    },
  };
}

/** @param {any} node @param {[number, string][]} inserted @param {() => string} count */
function mark(node, inserted, count) {
  if (node.type === 'BlockStatement') inserted.push([node.start + 1, `${count()};`]);
  for (const branch of branchesOf(node)) {
    inserted.push([branch.start, `(${count()}, (`]);
    inserted.push([branch.end, '))']);
  }
}

/** Expressions that are reached or not. @param {any} node @returns {any[]} */
function branchesOf(node) {
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate];
  if (node.type === 'LogicalExpression') return [node.right];
  return node.type === 'ArrowFunctionExpression' && node.expression ? [node.body] : [];
}

/** @param {any} node @param {(node: any) => void} visit */
function walk(node, visit) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') visit(node);
  for (const value of Object.values(node)) walk(value, visit);
}
