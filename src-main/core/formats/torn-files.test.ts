import { describe, expect, test } from 'vitest';
import { goodFiles } from './fixtures/hostile-corpus.ts';
import { readContents } from './read-contents.ts';
import { bufferSource } from './source.ts';

const shapesOf = async (fileName: string, bytes: Buffer) => {
  const { tensors, problems } = await readContents(bufferSource(fileName, bytes));
  return { shapes: tensors.map(({ name, shape }) => `${name} [${shape.join()}]`), problems };
};

/** What is left of each when the last part of it is gone, and from where on all of its names are there. */
const torn = [
  ['model.pt', 0.6],
  ['model.pth', 0.9],
  ['model.zip', 0.7],
  ['model.npz', 0.72],
  ['model.npy', 0.8],
  ['model.onnx', 0.8],
  ['model.gguf', 0.9],
  ['model.safetensors', 0.9],
] as const;

describe.each(torn)('%s of which the last part is gone', (fileName, part) => {
  const bytes = goodFiles.get(fileName)?.() ?? Buffer.alloc(0);

  test('still lists the names and shapes that it has', async () => {
    const whole = await shapesOf(fileName, bytes);
    const { shapes, problems } = await shapesOf(fileName, bytes.subarray(0, Math.floor(part * bytes.length)));
    expect(whole.shapes.length).toBeGreaterThan(0);
    expect(shapes).toEqual(whole.shapes);
    expect(problems.join()).toMatch(/missing|cut off|ends in|does not end/);
  });
});
