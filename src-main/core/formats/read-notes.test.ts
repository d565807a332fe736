import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Damage } from './damage.ts';
import { noNotes } from './empty-contents.ts';
import { hostileArrays } from './fixtures/hostile-arrays.ts';
import { hostileFiles } from './fixtures/hostile-pickles.ts';
import { goodFiles } from './fixtures/malformed-files.ts';
import { type Said, writers, writeTorchNotes } from './fixtures/write-notes.ts';
import { safetensorsOf } from './fixtures/write-others.ts';
import { readContents } from './read-contents.ts';
import { readNotes } from './read-notes.ts';
import { bufferSource, openFileSource, positionalSource } from './source.ts';

const notesIn = (bytes: Buffer, name = 'model') => readNotes(bufferSource(name, bytes));

const project = join(import.meta.dirname, '../../..');
const realFiles = ['build/sample-run/run', 'e2e/fixtures/formats', 'e2e/fixtures/generations'].flatMap(
  (folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(pt|pth|pkl|zip|safetensors)$/.test(name))
      .map((name) => join(folder, name)),
);

describe('what a file says of itself', () => {
  test.each(realFiles)('%s: is what looking into the whole of it tells, or is not told', async (name) => {
    const source = await openFileSource(join(project, name));
    const { problems, ...contents } = await readContents(source);
    const notes = await readNotes(source).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Damage);
      return null;
    });
    await source.close();
    if (problems.length === 0) expect(notes).not.toBeNull();
    if (notes) expect(contents).toMatchObject(notes);
  });

  test.each(Object.entries(writers))('is read out of a %s as it was put there', async (_title, write) => {
    const number = fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((each) => each + 0),
      fc.constantFrom(Infinity, -Infinity),
      fc.integer(),
      fc.constant(Number.NaN),
    );
    const plain = fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), number, {
      noNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(plain, plain, fc.array(fc.string()), async (state, metrics, tags) => {
        const metadata = { version: 7, reward: 0.5, metrics, tags };
        const said: Said = { checkpoint_version: '2.0', training_state: state, metadata };
        expect(await notesIn(write(said))).toEqual({
          ...noNotes,
          checkpointVersion: '2.0',
          trainingState: state,
          metadata,
        });
      }),
      { numRuns: 50 },
    );
  });

  test('is its counters and its time where an older generation has them at the top', async () => {
    const said = { global_step_counter: 5, metadata: { version: 1 }, timestamp: '2024-01-01T00:00:00' };
    expect(await notesIn(writeTorchNotes(said))).toEqual({
      ...noNotes,
      trainingState: { global_step_counter: 5 },
      metadata: { version: 1 },
      timestamp: '2024-01-01T00:00:00',
    });
  });

  test('is read out of notes that stand each by itself, all of them texts', async () => {
    const said = { reward: 0.5, metrics: { sharpe: Number.NaN }, tags: ['a'], global_step: 7 };
    const notes = await notesIn(writers['safetensors']?.(said) ?? Buffer.alloc(0));
    expect(notes).toMatchObject({ metadata: said, trainingState: { global_step: 7 } });
    const texts = safetensorsOf({ __metadata__: { timestamp: '2024-01-01', symbol: 'ES' } }, Buffer.alloc(0));
    expect(await notesIn(texts)).toMatchObject({ metadata: { timestamp: '2024-01-01', symbol: 'ES' } });
  });

  test('is nothing where its format has no place for it', async () => {
    for (const name of ['model.npy', 'model.npz', 'model.onnx', 'model.gguf'])
      expect(await notesIn(goodFiles.get(name)?.() ?? Buffer.alloc(0), name)).toBeNull();
  });
});

test('a part of what a file says is not given for the whole, wherever it breaks off', async () => {
  const said = { training_state: { global_step: 1 }, metadata: { reward: 2, metrics: { sharpe: 3 } } };
  for (const write of [writers['plain pickle'], writers['legacy stream'], writers['safetensors']]) {
    const bytes = write?.(said) ?? Buffer.alloc(0);
    const whole = await notesIn(bytes);
    for (let length = 16; length < bytes.length; length += 1) {
      const cut = await notesIn(bytes.subarray(0, length)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Damage);
        return null;
      });
      if (cut) expect(cut).toEqual(whole);
    }
  }
});

test('of two gigabytes of elements none is read', async () => {
  const elements = 2 ** 31;
  const w = { dtype: 'U8', shape: [elements], data_offsets: [0, elements] };
  const start = safetensorsOf({ __metadata__: { reward: '1' }, w }, Buffer.alloc(0));
  const source = positionalSource('model', start.length + elements, async (offset, length) =>
    Buffer.concat([start.subarray(offset), Buffer.alloc(length)], length),
  );
  expect(await readNotes(source)).toMatchObject({ metadata: { reward: 1 } });
  expect(source.bytesRead).toBeLessThan(10_000);
});

test('a pickle longer than the budget is not followed to its end', async () => {
  const said = { metadata: { reward: 1 }, filler: 'x'.repeat(60_000) };
  const long = {
    ...said,
    ...Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`k${at}`, said.filler])),
  };
  const source = bufferSource('model.pt', writeTorchNotes(long));
  await expect(readNotes(source)).rejects.toThrow('more parts than are looked at');
  expect(source.bytesRead).toBeLessThan(5e6);
});

test.each([...hostileFiles, ...hostileArrays])('$title: costs a sentence at most', async ({ bytes }) => {
  const source = bufferSource('model.pt', bytes);
  const fault: unknown = await readNotes(source).catch((error: unknown) => error);
  if (fault instanceof Error) expect(fault).toBeInstanceOf(Damage);
  expect(source.bytesRead).toBeLessThan(16 * source.size + 5e6);
});
