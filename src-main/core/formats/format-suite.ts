import { describe, expect, test } from 'vitest';
import { elementTypes } from '../tensors/element-types.ts';
import { measureTensors } from '../tensors/measure-tensors.ts';
import { peekSlice } from '../tensors/peek-slice.ts';
import { formatNpy } from '../tensors/write-array.ts';
import { formatCsvRows } from '../tensors/write-csv.ts';
import type { Contents } from './contents.ts';
import { Damage } from './damage.ts';
import { damageBytes } from './fixtures/damage-bytes.ts';
import type { Format, FormatName, Structure } from './format.ts';
import { readContents } from './read-contents.ts';
import { readHead } from './read-head.ts';
import { detectFormat } from './registry.ts';
import { bufferSource, type Source } from './source.ts';
import { checkStructure } from './structure.ts';

/** A small, good file of a format. */
interface Example {
  title: string;
  fileName: string;
  bytes: Buffer;
  format: FormatName;
  /** Anything but whole, for a format whose structure cannot tell. */
  state?: Structure['state'];
  /** False for one of which nothing can be read, though it is whole: its parts are noise, or its format is recognised alone. */
  isRead?: false;
}

/** One example is damaged at random so many times. The family `fuzz` does so for longer. */
const damages = process.env['CAIRN_TORTURE'] ? 10_000 : 200;
/** How many tensors of a damaged file are measured. */
const mostMeasured = 20;

/** What every format promises, tried on its examples. */
export function formatSuite(examples: readonly Example[]): void {
  describe.each(examples)('$title', (example) => {
    const { bytes, fileName, format, state = 'whole', isRead = true } = example;
    test('is recognised and judged', async () => {
      const structure = await checkStructure(bufferSource(fileName, bytes));
      expect(structure).toMatchObject({ format, state });
      expect(structure.detail === null).toBe(state === 'whole');
    });
    test('is read without a word of complaint, or says why it is not', async () => {
      const contents = await readContents(bufferSource(fileName, bytes));
      expect(contents.format).toBe(format);
      expect(contents.problems).toEqual(isRead ? [] : [expect.any(String), ...contents.problems.slice(1)]);
    });
    test('has elements that can be looked at and taken along', () => expectElements(example));
    test('is not whole when it is cut off anywhere', () => expectCutsNoticed(example));
    test('is not read without complaint when it is cut off anywhere', () => expectCutsExplained(example));
    test('is judged within bounds, however it is damaged', () => expectJudged(example));
    test('is read within bounds and its own bytes, however it is damaged', () => expectRead(example));
  });
}

/** A slice of any place, and the whole as numpy and as a spreadsheet read it. */
async function expectElements({ bytes, fileName }: Example): Promise<void> {
  const { tensors } = await readContents(bufferSource(fileName, bytes));
  const readable = tensors.filter(({ data, dtype }) => data !== null && elementTypes.has(dtype));
  for (const tensor of readable) {
    const count = tensor.shape.reduce((product, side) => product * side, 1);
    const last = tensor.shape.map((side) => ({ from: Math.max(0, side - 1), to: side }));
    expect((await peekSlice(tensor, last))?.values).toHaveLength(Math.min(1, count));
    const npy = await readContents(bufferSource('a.npy', await gather(formatNpy(tensor))));
    expect(npy).toMatchObject({ problems: [], tensors: [{ shape: tensor.shape }] });
    const csv = (await gather(formatCsvRows(tensor))).toString();
    expect(csv.split(/[,\n]/).filter(Boolean)).toHaveLength(count);
  }
}

async function gather(chunks: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const gathered: Uint8Array[] = [];
  for await (const chunk of chunks ?? []) gathered.push(Buffer.from(chunk));
  return Buffer.concat(gathered);
}

async function expectCutsNoticed({ bytes, fileName }: Example): Promise<void> {
  const whole: number[] = [];
  for (let length = 0; length < bytes.length; length += 1) {
    const { state, detail } = await checkStructure(bufferSource(fileName, bytes.subarray(0, length)));
    if (state === 'whole' || !detail) whole.push(length);
  }
  expect(whole).toEqual([]);
}

async function expectCutsExplained({ bytes, fileName }: Example): Promise<void> {
  const silent: number[] = [];
  for (let length = 0; length < bytes.length; length += 1) {
    const { problems } = await readContents(bufferSource(fileName, bytes.subarray(0, length)));
    if (problems.length === 0) silent.push(length);
  }
  expect(silent).toEqual([]);
}

function expectJudged(example: Example): Promise<void> {
  return expectBorne(example, (format, source, recognised) => format.checkStructure(source, recognised));
}

function expectRead(example: Example): Promise<void> {
  return expectBorne(example, async (format, source, recognised) => {
    const contents = await format.readContents?.(source, recognised);
    const spent = source.bytesRead;
    if (contents) await expectHonest(contents, source);
    return spent;
  });
}

/** Tensors never reach beyond the file, or what is packed in it, and can be measured or say that they cannot. */
async function expectHonest({ tensors }: Contents, { size }: Source): Promise<void> {
  for (const { data, shape } of tensors) {
    expect(shape.every((side) => Number.isSafeInteger(side) && side >= 0)).toBe(true);
    if (!data) continue;
    expect(data.start + data.length).toBeLessThanOrEqual(data.source.size);
    if (data.source.place) expect(data.source.size).toBeLessThanOrEqual(size);
  }
  const chosen = tensors.slice(0, mostMeasured);
  expect(await measureTensors(chosen)).toHaveLength(chosen.length);
}

type Work = (format: Format, source: Source, recognised: FormatName) => Promise<unknown>;

async function expectBorne({ bytes, fileName }: Example, work: Work): Promise<void> {
  for (let seed = 1; seed <= damages; seed += 1) {
    const damaged = damageBytes(bytes, seed);
    const bytesRead = await countReads(fileName, damaged, seed, work);
    expect(bytesRead, `seed ${seed}`).toBeLessThanOrEqual(16 * damaged.length + 256 * 1024);
  }
}

/** A format's own work, without the single read that small files otherwise get. A work that reads on tells what it read until then. */
async function countReads(fileName: string, bytes: Buffer, seed: number, work: Work): Promise<number> {
  const source = bufferSource(fileName, bytes);
  const detected = detectFormat(await readHead(source));
  try {
    const spent = detected && (await work(detected.format, source, detected.recognised));
    return typeof spent === 'number' ? spent : source.bytesRead;
  } catch (error) {
    if (!(error instanceof Damage)) throw new Error(`seed ${seed}: ${error}`, { cause: error });
    return source.bytesRead;
  }
}
