import { appendFileSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { findMeasurementFiles } from './find-measurement-files.ts';
import { type KeptLog, keepLog } from './keep-log.ts';
import { type LogFile, logFileOf } from './log-file.ts';
import { sourceOf } from './read-log.fixture.ts';
import { readLog } from './read-log.ts';
import { csvOf, recordOf, scalarRecord, versionRecord } from './write-logs.fixture.ts';

const table = logFileOf('', 'progress.csv', 'table');
const events = logFileOf('', 'events.out.tfevents.1.host', 'events');
const room = { bytes: 1e9, numbers: 1e6 };

/** What reading a file in parts that end there comes to; that of one part is that of reading it whole. */
async function readInParts(bytes: Buffer, file: LogFile, cuts: readonly number[]) {
  const ends = [...new Set([...cuts.map((cut) => Math.round(cut * bytes.length)), bytes.length])];
  const [first = 0, ...rest] = ends.sort((a, b) => a - b);
  let reading = await readLog(sourceOf(bytes.subarray(0, first)), file).catch(() => null);
  for (const end of rest) {
    const source = sourceOf(bytes.subarray(0, end));
    reading = await (reading?.resume ? reading.resume.go(source) : readLog(source, file)).catch(() => null);
  }
  if (!reading) return null;
  // How it places versions is told by what it has.
  const logs = reading.logs.map(({ placeOf: _, ...log }) => log);
  return { logs, at: reading.resume?.at };
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant<''>(''));

describe('a log that grows comes to the same wherever it was read to before', () => {
  test('a table, also one that went back, has odd lines, and ends in the middle of one', async () => {
    const row = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.tuple(fc.integer({ min: 0, max: 30 }), value, value).map((cells) => cells.join()),
      },
      { weight: 1, arbitrary: fc.constantFrom('1,2', '', '\r', '4,"1,0",3', '"', 'nan,1,é') },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), fc.boolean(), cuts, async (rows, isCut, at) => {
        const text = `step,a,b\n${rows.join('\n')}${isCut ? '' : '\n'}`;
        const bytes = Buffer.from(text);
        expect(await readInParts(bytes, table, at)).toEqual(await readInParts(bytes, table, []));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('an event file, also one with a record that is damaged, or of nothing known', async () => {
    const record = fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .tuple(fc.constantFrom('a', 'b/c'), fc.integer({ min: 0, max: 30 }), fc.integer())
          .map(([tag, step, number]) => scalarRecord(tag, step, number)),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => recordOf(Buffer.from(bytes))) },
      { weight: 1, arbitrary: fc.constant(Buffer.alloc(20, 7)) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 30 }), cuts, async (records, at) => {
        const bytes = Buffer.concat([versionRecord, ...records]);
        expect(await readInParts(bytes, events, at)).toEqual(await readInParts(bytes, events, []));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('a log on the disk', () => {
  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => [from + index, (from + index) / 2] as const);
  const text = csvOf(['step', 'a'], ...rows(0, 50_000));
  const more = rows(50_000, 10)
    .map((row) => `${row.join()}\n`)
    .join('');

  async function keepTwice(change: (path: string) => void): Promise<{ kept: KeptLog; whole: KeptLog }> {
    const run = temporaryFolder();
    const path = put(run, 'progress.csv', text);
    const before = await keepLog(run, table, 'first', room);
    change(path);
    return {
      kept: await keepLog(run, table, 'second', room, before),
      whole: await keepLog(run, table, 'second', room),
    };
  }

  test('that only grew says the same as one that is read whole, and costs as much of what may be read', async () => {
    const { kept, whole } = await keepTwice((path) => appendFileSync(path, more));
    expect(kept.reading?.logs).toEqual(whole.reading?.logs);
    expect(kept.cost).toEqual(whole.cost);
    expect(kept.reading?.logs[0]?.series[0]?.at).toHaveLength(50_010);
  });

  test('that only grew is not read again up to where it was read to', async () => {
    const before = await readLog(sourceOf(text), table);
    const grown = sourceOf(text + more);
    await before.resume?.go(grown);
    expect(grown.bytesRead).toBe(more.length);
  });

  test.each<[string, (path: string) => void]>([
    [
      'was written anew, and is longer',
      (path) => writeFileSync(path, csvOf(['step', 'a'], ...rows(7, 60_000))),
    ],
    ['has another first line', (path) => writeFileSync(path, text.replace('step,a', 'step,b') + more)],
    ['became shorter', (path) => writeFileSync(path, text.slice(0, 1000))],
    [
      'came in its place',
      (path) => {
        writeFileSync(`${path}.new`, text.replace('7,3.5', '7,9.5') + more);
        renameSync(`${path}.new`, path);
      },
    ],
  ])('that %s is read whole', async (_, change) => {
    const { kept, whole } = await keepTwice(change);
    expect(kept.reading?.logs).toEqual(whole.reading?.logs);
  });

  test('in a folder in whose place a link came is not read', async () => {
    const [run, outside] = [temporaryFolder(), temporaryFolder()];
    put(run, 'logs/progress.csv', text);
    put(outside, 'progress.csv', text);
    const { files } = await findMeasurementFiles(run);
    expect(files).toHaveLength(1);
    renameSync(join(run, 'logs'), join(run, 'elsewhere'));
    symlinkSync(outside, join(run, 'logs'));
    const kept = await keepLog(run, files[0] ?? table, 'state', room);
    expect(kept.reading).toBeNull();
    expect(kept.problems).toHaveLength(1);
  });
});

test('of more than a thousand logs the first thousand count, and it is said from where on none does', async () => {
  const run = temporaryFolder();
  const folder = join(run, 'mlruns/0/a/metrics');
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < 1001; index += 1)
    writeFileSync(join(folder, `m${String(index).padStart(4, '0')}`), '1 2 3\n');
  const { files, problems } = await findMeasurementFiles(run);
  expect(files).toHaveLength(1000);
  expect(files.at(-1)?.path).toBe('mlruns/0/a/metrics/m0999');
  expect(problems).toEqual([
    {
      path: 'mlruns/0/a/metrics/m1000',
      problem: 'here are more logs of measurements than are read: 1 from here on do not count',
    },
  ]);
});
