import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ResultsRecord, type RunKey, type RunResult } from './results-record.ts';

const key: RunKey = { evaluator: 'eval {model}', checksum: 'ab', seed: 1, episodes: null };
const result: RunResult = {
  ...{ at: '2026-01-01T00:00:00.000Z', seconds: 1.5 },
  report: { metrics: { a: Number.NaN, b: -Infinity, c: 0.1 }, episodes: { reward: [1, Number.NaN] } },
};

async function recorded() {
  const path = join(temporaryFolder(), 'results.jsonl');
  const record = await ResultsRecord.open(realDisk, path);
  await record.add(key, result);
  await record.add({ ...key, seed: 2 }, { ...result, seconds: 2 });
  return path;
}

test('a result is found again by all that its run was told by, and by nothing less', async () => {
  const record = await ResultsRecord.open(realDisk, await recorded());
  expect([record.get(key), record.damaged]).toEqual([result, 0]);
  for (const other of [{ evaluator: 'x' }, { checksum: 'cd' }, { seed: 3 }, { episodes: 5 }])
    expect(record.get({ ...key, ...other })).toBeNull();
});

test('there is none before the first, and the newest of a run counts', async () => {
  const path = await recorded();
  const record = await ResultsRecord.open(realDisk, path);
  await record.add(key, { ...result, seconds: 9 });
  expect((await ResultsRecord.open(realDisk, path)).get(key)?.seconds).toBe(9);
  expect((await ResultsRecord.open(realDisk, `${path}.none`)).get(key)).toBeNull();
});

test('a line that was cut off or damaged is passed over and counted, the others count', async () => {
  const path = await recorded();
  const text = readFileSync(path, 'utf8');
  for (const [damaged, left] of [
    [text.replace('1.5', '1.6'), 1],
    [text.slice(0, -20), 1],
    [`garbage\n${text}`, 2],
    [text.replace('NaN', 'NaM'), 1],
  ] as const) {
    writeFileSync(path, damaged);
    const record = await ResultsRecord.open(realDisk, path);
    const found = [record.get(key), record.get({ ...key, seed: 2 })].filter((each) => each !== null);
    expect([record.damaged, found.length]).toEqual([1, left]);
  }
});
