import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writePythonJson } from '../catalog/write-python-json.ts';
import type { DiskFile } from '../files/disk.ts';
import { keepOutput, usualLimits } from './keep-output.ts';
import { findReport } from './read-report.ts';

const metricsIn = (text: string) => findReport(text).metrics;

test('the last line that is a JSON object counts, whatever stands before and after it', () => {
  expect(metricsIn('{"a": 1}\nprogress {"a": 2}\n{"a": 3}\n[4]\n5\n{"broken": \ndone.\n\n')).toEqual({
    a: 3,
  });
  expect(metricsIn('{"a": 1}')).toEqual({ a: 1 });
  expect(metricsIn('cut: 1}\r\n  {"a": 1}  \r\n')).toEqual({ a: 1 });
});

test('numbers are as Python writes them, and as texts of our own JSON; anything else is no metric', () => {
  const text =
    '{"a": NaN, "b": -Infinity, "c": 1e3, "d": "NaN", "e": "7", "f": true, "g": null, "h": {"i": 1}, "__proto__": 4}';
  expect(Object.entries(metricsIn(text))).toEqual([
    ['a', Number.NaN],
    ['b', -Infinity],
    ['c', 1000],
    ['d', Number.NaN],
    ['__proto__', 4],
  ]);
});

test.each([
  ['', /no line of its output is a JSON object/],
  ['loss 0.3\n"{}"\n', /no line of its output is a JSON object/],
  ['loss 0.3\n{\n  "score": 1\n}\ndone\n', /spread over lines/],
  ['{\n noise\n}\n', /no line of its output is a JSON object/],
  ['{"model": "x.pt"}', /has no number/],
  ['{}', /has no number/],
  ['{"": 1}', /empty or overlong name/],
  [`{${Array.from({ length: 501 }, (_, at) => `"m${at}": 1`).join()}}`, /501 metrics/],
])('%.40j is refused', (text, why) => {
  expect(() => findReport(text)).toThrow(why);
});

test('episodes are rewards, or objects of which every one has what counts', () => {
  expect(findReport('{"reward": 2, "episodes": [1, 3]}').episodes).toEqual({ reward: [1, 3] });
  const objects =
    '{"r": 2, "episodes": [{"reward": 1, "length": 9, "won": true}, {"length": NaN, "reward": 3, "odd": 1}]}';
  expect(findReport(objects).episodes).toEqual({ reward: [1, 3], length: [9, Number.NaN] });
  for (const episodes of ['[]', '3', '"x"', '[{"a": 1}, 2]', '[null]'])
    expect(findReport(`{"r": 1, "episodes": ${episodes}}`).episodes).toEqual({});
});

test('what Python prints is found to the bit, behind any other output', () => {
  const line = fc.string().filter((text) => !text.includes('}'));
  const metrics = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== 'episodes'),
    fc.double(),
    {
      minKeys: 1,
    },
  );
  fc.assert(
    fc.property(fc.array(line), metrics, fc.array(line), (before, given, after) => {
      const printed = [...before, writePythonJson(given, null), ...after].join('\n');
      expect(metricsIn(printed)).toEqual({ ...given });
    }),
    { seed: 1 },
  );
});

test('a line that is too long to be kept is told by its limit', async () => {
  const line = `{"reward": 1, "note": "${'x'.repeat(usualLimits.tail)}"}\n`;
  const nowhere = { write: async (data: Uint8Array) => data.length } as DiskFile;
  const kept = await keepOutput(Readable.from([Buffer.from(line)]), nowhere, usualLimits);
  expect(() => findReport(kept)).toThrow(/JSON object, or that line has more than 1 MiB$/);
});
