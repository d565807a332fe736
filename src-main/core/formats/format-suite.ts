import { describe, expect, test } from 'vitest';
import { Damage } from './damage.ts';
import { damageBytes } from './fixtures/damage-bytes.ts';
import type { Format, FormatName, Structure } from './format.ts';
import { readContents } from './read-contents.ts';
import { readHead } from './read-head.ts';
import { detectFormat } from './registry.ts';
import { bufferSource, type Source } from './source.ts';
import { checkStructure } from './structure.ts';

/** A small, good file of a format. */
export interface Example {
  title: string;
  fileName: string;
  bytes: Buffer;
  format: FormatName;
  /** Anything but whole, for a format whose structure cannot tell. */
  state?: Structure['state'];
}

/** One example is damaged at random so many times at least, and for so many milliseconds. */
const damage = { fewest: 100, time: 150 };

/** What every format promises, tried on its examples. */
export function formatSuite(examples: readonly Example[]): void {
  describe.each(examples)('$title', (example) => {
    const { bytes, fileName, format, state = 'whole' } = example;
    test('is recognised and judged', async () => {
      const structure = await checkStructure(bufferSource(fileName, bytes));
      expect(structure).toMatchObject({ format, state });
      expect(structure.detail === null).toBe(state === 'whole');
    });
    test('is not whole when it is cut off anywhere', () => expectCutsNoticed(example));
    test('never throws or reads without bound, however it is damaged', () => expectDamageBorne(example));
    test('says of its contents too when it is cut off anywhere', () => expectCutContentsExplained(example));
    test('gives up its contents or says why not, however it is damaged', () => expectContentsBorne(example));
  });
}

async function expectCutsNoticed({ bytes, fileName }: Example): Promise<void> {
  const whole: number[] = [];
  for (let length = 0; length < bytes.length; length += 1) {
    const { state, detail } = await checkStructure(bufferSource(fileName, bytes.subarray(0, length)));
    if (state === 'whole' || !detail) whole.push(length);
  }
  expect(whole).toEqual([]);
}

function expectDamageBorne(example: Example): Promise<void> {
  return expectBorne(example, (format, source, recognised) => format.checkStructure(source, recognised));
}

async function expectCutContentsExplained({ bytes, fileName }: Example): Promise<void> {
  const silent: number[] = [];
  for (let length = 0; length < bytes.length; length += 1) {
    const { problems } = await readContents(bufferSource(fileName, bytes.subarray(0, length)));
    if (problems.length === 0) silent.push(length);
  }
  expect(silent).toEqual([]);
}

async function expectContentsBorne(example: Example): Promise<void> {
  await expectBorne(example, async (format, source, recognised) => {
    const contents = await format.readContents?.(source, recognised);
    for (const { data } of contents?.tensors ?? []) if (data) await data.source.read(data.start, data.length);
  });
}

type Work = (format: Format, source: Source, recognised: FormatName) => Promise<unknown>;

async function expectBorne({ bytes, fileName }: Example, work: Work): Promise<void> {
  const end = performance.now() + damage.time;
  for (let seed = 1; seed <= damage.fewest || performance.now() < end; seed += 1) {
    const damaged = damageBytes(bytes, seed);
    const bytesRead = await countReads(fileName, damaged, seed, work);
    expect(bytesRead, `seed ${seed}`).toBeLessThanOrEqual(16 * damaged.length + 256 * 1024);
  }
}

/** A format's own work, without the single read that small files otherwise get. */
async function countReads(fileName: string, bytes: Buffer, seed: number, work: Work): Promise<number> {
  const source = bufferSource(fileName, bytes);
  const detected = detectFormat(await readHead(source));
  try {
    if (detected) await work(detected.format, source, detected.recognised);
  } catch (error) {
    if (!(error instanceof Damage)) throw new Error(`seed ${seed}: ${error}`, { cause: error });
  }
  return source.bytesRead;
}
