import { describe, expect, test } from 'vitest';
import { measureTensors } from '../tensors/measure-tensors.ts';
import type { Contents } from './contents.ts';
import { Damage } from './damage.ts';
import { damageBytes } from './fixtures/damage-bytes.ts';
import type { FormatName } from './format.ts';
import { bufferSource, type Source } from './source.ts';

/** A small, good file of a format, whose contents are known elsewhere. */
interface Example {
  title: string;
  fileName: string;
  bytes: Buffer;
  format: FormatName;
}

type ReadContents = (source: Source, recognised: FormatName) => Promise<Contents>;

/** One example is damaged at random so many times at least, and for so many milliseconds; ten times as long under torture. */
const damage = { fewest: 100, time: process.env['CAIRN_TORTURE'] ? 2000 : 200 };

/** What every reader promises, tried on its examples. */
export function readerSuite(read: ReadContents, examples: readonly Example[]): void {
  describe.each(examples)('$title', (example) => {
    const { bytes, fileName, format } = example;
    test('is read without a word of complaint', async () => {
      const contents = await read(bufferSource(fileName, bytes), format);
      expect(contents).toMatchObject({ format, problems: [] });
    });

    test('is not read without complaint when it is cut off anywhere', async () => {
      const silent: number[] = [];
      for (let length = 0; length < bytes.length; length += 1) {
        const contents = await readDamaged(read, example, bytes.subarray(0, length));
        if (contents?.problems.length === 0) silent.push(length);
      }
      expect(silent).toEqual([]);
    });

    test('never throws anything but a sentence, or reads without bound, however it is damaged', async () => {
      const end = performance.now() + damage.time;
      for (let seed = 1; seed <= damage.fewest || performance.now() < end; seed += 1) {
        const damaged = damageBytes(bytes, seed);
        const contents = await readDamaged(read, example, damaged, seed);
        if (contents) await expectHonest(contents, damaged.length, seed);
      }
    });
  });
}

/** Null after a sentence. */
async function readDamaged(
  read: ReadContents,
  { fileName, format }: Example,
  bytes: Buffer,
  seed = 0,
): Promise<Contents | null> {
  const source = bufferSource(fileName, bytes);
  try {
    return await read(source, format);
  } catch (error) {
    // A recognised file is never empty: the first bytes said what it is.
    if (error instanceof Damage || bytes.length < 16) return null;
    throw new Error(`seed ${seed}: ${error}`, { cause: error });
  } finally {
    expect(source.bytesRead, `seed ${seed}`).toBeLessThanOrEqual(16 * bytes.length + 256 * 1024);
  }
}

/** Tensors never reach beyond the file, and can be measured or say that they cannot. */
async function expectHonest({ tensors }: Contents, size: number, seed: number): Promise<void> {
  for (const { data, shape } of tensors) {
    expect(
      shape.every((side) => Number.isSafeInteger(side) && side >= 0),
      `seed ${seed}`,
    ).toBe(true);
    if (data)
      expect(data.start + data.length, `seed ${seed}`).toBeLessThanOrEqual(Math.max(size, data.source.size));
  }
  const statistics = await measureTensors(tensors.slice(0, 20));
  expect(statistics, `seed ${seed}`).toHaveLength(Math.min(20, tensors.length));
}
