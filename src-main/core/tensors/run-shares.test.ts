import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { openFileSource } from '../formats/source.ts';
import { chooseReadingThreads } from '../workers/reading-threads.ts';
import { measureTensors } from './measure-tensors.ts';

const threads = vi.hoisted(() => ({ started: 0 }));
vi.mock('../workers/spare-workers.ts', async (original) => {
  const { takeWorker } = await original<typeof import('../workers/spare-workers.ts')>();
  const counted = (name: string) => {
    threads.started += 1;
    return takeWorker(name);
  };
  return { takeWorker: counted };
});

/** Enough for threads to be worth it. */
const length = 8 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'cairn-shares-'));
const path = join(folder, 'weights.bin');
let source: Awaited<ReturnType<typeof openFileSource>>;

beforeAll(async () => {
  const values = Float32Array.from({ length }, (_, index) => Math.sin(index));
  writeFileSync(path, values);
  source = await openFileSource(path);
});

afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

function tensors(): Tensor[] {
  const count = length / 8;
  return Array.from({ length: 8 }, (_, index) => ({
    name: `layer.${index}`,
    dtype: 'float32',
    shape: [count],
    stride: [1],
    offset: 0,
    bytes: 4 * count,
    storage: String(index),
    part: 'model',
    data: {
      source: source.slice(4 * count * index, 4 * count),
      start: 0,
      length: 4 * count,
      byteOrder: 'little',
    },
  }));
}

test('threads read the same as one does, and tell how far they are', async () => {
  let bytes = 0;
  const many = await measureTensors(tensors(), { jobs: 2, onBytes: (count) => (bytes += count) });
  expect(bytes).toBe(4 * length);
  const alone = await Promise.all(tensors().map(async (tensor) => (await measureTensors([tensor]))[0]));
  expect(many).toEqual(alone);
});

test('so many threads read as a person chose', async () => {
  onTestFinished(() => chooseReadingThreads(null));
  chooseReadingThreads(1);
  threads.started = 0;
  await measureTensors(tensors());
  expect(threads.started).toBe(1);
  chooseReadingThreads(2);
  await measureTensors(tensors());
  expect(threads.started).toBe(3);
});

test('threads are called off between two shares', async () => {
  const controller = new AbortController();
  const work = measureTensors(tensors(), {
    jobs: 1,
    signal: controller.signal,
    onBytes: () => controller.abort(new Error('enough')),
  });
  await expect(work).rejects.toThrow('enough');
});

test('a file that became shorter is an error, not wrong numbers', async () => {
  writeFileSync(path, Buffer.alloc(4));
  await expect(measureTensors(tensors(), { jobs: 2 })).rejects.toThrow('became shorter');
});
