import { expect, test } from 'vitest';
import { attacks, goodFiles, hostileCorpus } from './fixtures/hostile-corpus.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

test('the corpus has 700 files, each another one, and some for every kind of attack', () => {
  const titles = hostileCorpus.map(({ attack, title }) => `${attack}: ${title}`);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.length).toBeGreaterThan(680);
  expect(new Set(hostileCorpus.map(({ attack }) => attack))).toEqual(new Set(attacks));
});

test.each([...goodFiles])('%s, before it is harmed, is read without complaint', async (fileName, make) => {
  const { problems, trust, unread } = await readContents(bufferSource(fileName, make()));
  const withCode = new Map([
    ['model.zip', 'runs-code'],
    ['.metadata', 'needs-classes'],
  ]);
  const expected = withCode.get(fileName) ?? 'tensors-only';
  expect({ problems, trust, unread }).toEqual({ problems: [], trust: expected, unread: [] });
});

test('each says of loading it what its makers know, or more', async () => {
  const wrong: string[] = [];
  for (const { title, fileName, bytes, trust } of hostileCorpus) {
    const contents = await readContents(bufferSource(fileName, bytes()));
    if (trust !== null && contents.trust !== trust) wrong.push(`${title}: ${contents.trust}, not ${trust}`);
  }
  expect(wrong).toEqual([]);
}, 300_000);
