import { expect, test } from 'vitest';
import { stringifyJson } from '../../../shared/model/json.ts';
import { jsonPieces } from './json-pieces.ts';

const many = Array.from({ length: 1234 }, (_, index) => index);

test.each([
  ['nothing', {}],
  ['a few things', { a: 1, b: [1, 2], c: { d: Number.NaN }, e: null, f: undefined, g: 2n ** 64n }],
  ['a long list', { a: many, b: many.map((index) => ({ index, of: index % 3 ? Number.NaN : null })) }],
  ['just what is one piece', { a: many.slice(0, 500), b: many.slice(0, 501), c: many.slice(0, 1000) }],
  [
    'a large object',
    { a: Object.fromEntries(many.map((index) => [index % 2 ? `k${index}` : index, `${index}`])) },
  ],
  [
    'keys of prototypes',
    { a: JSON.parse(`{"__proto__":1${many.map((index) => `,"k${index}":2`).join('')}}`) },
  ],
])('the pieces of a document are what it is as a whole: %s', (_, document) => {
  expect([...jsonPieces(document)].join('')).toBe(stringifyJson(document));
});

test('no piece of many rows is as long as all of them', () => {
  const pieces = [...jsonPieces({ rows: many.map((index) => ({ index })) })];
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(10_000);
});
