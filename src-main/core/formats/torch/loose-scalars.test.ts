import { expect, test } from 'vitest';
import { torchSource } from '../../packing/torch-source.ts';
import { type TorchValue, tensorOf } from '../../packing/torch-value.ts';
import { readNotes } from '../read-notes.ts';
import { bufferSource } from '../source.ts';

async function notesOf(value: TorchValue) {
  const parts: Uint8Array[] = [];
  for await (const part of torchSource(value).chunks) parts.push(part);
  return readNotes(bufferSource('model.pt', Buffer.concat(parts)));
}

const float = (value: number) => tensorOf(Float32Array.of(value), []);
const whole = (value: bigint) => tensorOf(BigInt64Array.of(value), []);

test('a number that a plain loop left as a tensor is what was measured, or how far training was', async () => {
  const notes = await notesOf({
    ...{ epoch: whole(3n), global_step: whole(300n), model: { bias: float(9) } },
    ...{ loss: float(0.25), acc: float(1), reward: whole(2n), odd: float(Number.NaN) },
  });
  expect(notes).toMatchObject({
    trainingState: { epoch: 3, global_step: 300 },
    metrics: { loss: 0.25, acc: 1, reward: 2, odd: Number.NaN },
  });
});

test('a tensor that has a dimension, counts or sets something up, or is beside no model measures nothing', async () => {
  const settings = { lr: float(0.5), hits: whole(5n), scale: tensorOf(Float32Array.of(1), [1]) };
  expect((await notesOf({ model: { bias: float(9) }, ...settings }))?.metrics).toBeNull();
  expect((await notesOf({ weight: float(9), loss: float(0.25) }))?.metrics).toBeNull();
});
