import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
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

test('a record of any size is read: a part of it that is no line, however long, is passed over and counted', async () => {
  const path = await recorded();
  const lines = readFileSync(path);
  // More than any text can have bytes; nothing of it is on the disk.
  truncateSync(path, 600 << 20);
  appendFileSync(path, Buffer.concat([Buffer.from('\n'), lines]));
  const record = await ResultsRecord.open(realDisk, path);
  expect([record.get(key), record.damaged]).toEqual([result, 1]);
});

test('once most of a record is superseded the newest line of each run alone is kept', async () => {
  const path = await recorded();
  await writeOften(path, 20);
  const size = () => statSync(path).size;
  const before = size();
  const open = (slack: number) => ResultsRecord.open(realDisk, path, slack);
  expect((await open(before)).get(key)?.seconds).toBe(20);
  expect(size()).toBe(before);
  expect((await open(before / 2)).get(key)?.seconds).toBe(20);
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  const again = await open(0);
  expect([again.get(key)?.seconds, again.get({ ...key, seed: 2 })?.seconds, again.damaged]).toEqual([
    20, 2, 0,
  ]);
  expect(readdirSync(join(path, '..'))).toEqual(['results.jsonl']);
});

test('a record that another benchmark adds to meanwhile keeps what that adds', async () => {
  const path = await recorded();
  await writeOften(path, 20);
  const record = await ResultsRecord.open(realDisk, path);
  const disk = new FaultDisk(realDisk);
  const other = { ...key, seed: 9 };
  disk.before = async (call) => {
    if (/^create /.test(call)) await record.add(other, result);
  };
  await ResultsRecord.open(disk, path, 0);
  expect((await ResultsRecord.open(realDisk, path)).get(other)).toEqual(result);
  expect(readdirSync(join(path, '..'))).toEqual(['results.jsonl']);
});

test('a record that cannot be made smaller stays as it is, and is read', async () => {
  const path = await recorded();
  await writeOften(path, 20);
  const text = readFileSync(path, 'utf8');
  for (const failing of [/^create /, /^write/, /^rename /]) {
    const disk = new FaultDisk(realDisk);
    disk.before = (call) => {
      if (failing.test(call)) throw Object.assign(new Error('EIO: injected'), { code: 'EIO' });
    };
    expect((await ResultsRecord.open(disk, path, 0)).get(key)?.seconds).toBe(20);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(join(path, '..'))).toEqual(['results.jsonl']);
  }
});

/** Puts results of one and the same run on record, the last of which took so many seconds. */
async function writeOften(path: string, times: number): Promise<void> {
  const record = await ResultsRecord.open(realDisk, path);
  for (let seconds = 1; seconds <= times; seconds += 1) await record.add(key, { ...result, seconds });
}
