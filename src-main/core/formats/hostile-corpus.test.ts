import { expect, test } from 'vitest';
import { attacks, goodFiles, hostileCorpus } from './fixtures/hostile-corpus.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

test('the corpus has 600 files, each another one, and some for every kind of attack', () => {
  const titles = hostileCorpus.map(({ attack, title }) => `${attack}: ${title}`);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.length).toBeGreaterThan(600);
  expect(new Set(hostileCorpus.map(({ attack }) => attack))).toEqual(new Set(attacks));
});

test.each([...goodFiles])('%s, before it is harmed, is read without complaint', async (fileName, make) => {
  const { problems } = await readContents(bufferSource(fileName, make()));
  expect(problems).toEqual([]);
});
