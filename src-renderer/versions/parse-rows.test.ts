import { expect, test } from 'vitest';
import { parseRows } from './parse-rows.ts';
import { aRow } from './version-row.fixture.ts';

test('NaN and the infinities come back as numbers, other text stays text', () => {
  const sent = {
    ...aRow(1),
    reward: '-Infinity',
    metrics: { sharpe: 'NaN', peak: 'Infinity', note: 'fine' },
  };
  const [row] = parseRows(JSON.stringify([sent]));
  expect(row?.reward).toBe(-Infinity);
  expect(row?.metrics).toEqual({ sharpe: Number.NaN, peak: Infinity, note: 'fine' });
});

test('a metric called __proto__ stays a metric', () => {
  const json = JSON.stringify([aRow(1)]).replace('"metrics":{}', '"metrics":{"__proto__":"NaN"}');
  const [row] = parseRows(json);
  expect(Object.getPrototypeOf(row?.metrics)).toBe(Object.prototype);
  expect(Object.entries(row?.metrics ?? {})).toEqual([['__proto__', Number.NaN]]);
});

test('only numbers and their names are numbers', () => {
  const stepOf = (step: unknown) => parseRows(JSON.stringify([{ ...aRow(1), step }]))[0]?.step;
  expect([1, 'NaN', '1', null, true].map(stepOf)).toEqual([1, Number.NaN, null, null, null]);
});
