import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasTorch, python } from '../packing/python.fixture.ts';
import { hostilePolyglots } from './fixtures/hostile-polyglots.ts';
import { hostileUses } from './fixtures/hostile-uses.ts';
import { randomSong } from './fixtures/random-song.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

const tried = 6000;
const fewestCalled = 100;

test.each([...hostileUses, ...hostilePolyglots])('$title is told', async ({ fileName, bytes, trust }) => {
  expect((await readContents(bufferSource(fileName, bytes()))).trust).toBe(trust);
});

/** Of each pickle, whether Python called the canary. */
function called(pickles: readonly Buffer[]): boolean[] {
  const input = pickles.map((bytes) => `${bytes.toString('base64')}\n`).join('');
  const script = join(import.meta.dirname, 'fixtures', 'unpickle.py');
  const out = execFileSync(python, ['-B', script], { input, encoding: 'utf8', maxBuffer: 1e8 });
  return out
    .trim()
    .split('\n')
    .map((times) => times !== '0');
}

test.runIf(hasTorch)(
  'what Python calls while it unpickles is told to run code, wherever it stands',
  { timeout: 300_000 },
  async () => {
    const start = Number(process.env['SEED'] ?? (process.env['CAIRN_TORTURE'] ? Date.now() % 1e9 : 1));
    const pickles = Array.from({ length: tried }, (_, index) => randomSong(start + index));
    const didCall = called(pickles);
    const wrong: string[] = [];
    for (const [index, bytes] of pickles.entries()) {
      if (!didCall[index]) continue;
      const { trust } = await readContents(bufferSource('a.pkl', bytes));
      if (trust !== 'runs-code') wrong.push(`SEED=${start + index}: ${trust}; ${bytes.toString('latin1')}`);
    }
    expect(wrong, `SEED=${start}`).toEqual([]);
    expect(didCall.length).toBe(tried);
    expect(didCall.filter(Boolean).length, `SEED=${start}`).toBeGreaterThan(fewestCalled);
  },
);
