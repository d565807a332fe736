import { beforeAll, describe, expect, test } from 'vitest';
import { stringifyJson } from '../../../shared/model/json.ts';
import type { Contents } from './contents.ts';
import { hostileFiles } from './fixtures/hostile-pickles.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

const callsOf = ({ globals }: Contents): string[] =>
  globals.filter(({ called }) => called).map(({ module, name }) => `${module}.${name}`);

describe.each(hostileFiles)('$title', ({ bytes, problem = /^$/, trust = 'tensors-only', called = [] }) => {
  let contents: Contents;
  beforeAll(async () => {
    contents = await readContents(bufferSource('model.pt', bytes));
  });

  test('is told for what it is', () => {
    expect(contents.problems.join('\n')).toMatch(problem);
    expect(contents.trust).toBe(trust);
    expect(callsOf(contents)).toEqual(expect.arrayContaining([called].flat()));
  });

  test('is told in few words', () => {
    const { tensors, pickled, ...told } = contents;
    expect(tensors.length).toBeLessThan(60_000);
    expect(stringifyJson(told).length).toBeLessThan(2e6);
  });

  test('has no tensor that reaches beyond its storage', () => {
    for (const { data, stride, shape, offset } of contents.tensors) {
      const last = shape.reduce((at, size, axis) => at + (size - 1) * (stride?.[axis] ?? 0), offset ?? 0);
      if (data) expect(4 * (last + 1)).toBeLessThanOrEqual(data.length);
    }
  });
});
