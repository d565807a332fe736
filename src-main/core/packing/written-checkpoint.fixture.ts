import { readFileSync, writeFileSync } from 'node:fs';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { weight } from './pickled-item.fixture.ts';
import { torchSource } from './torch-source.ts';
import { PythonFloat, type TorchValue, tensorOf } from './torch-value.ts';

/** A checkpoint with all that one usually has. */
export const checkpoint: TorchValue = {
  model_state_dict: {
    'net.weight': tensorOf(weight, [2, 3]),
    'net.bias': tensorOf(new Float64Array([1, -0]), [2]),
  },
  optimizer_state_dict: { state: { 0: { step: tensorOf(new Float32Array(40)) } }, param_groups: [] },
  training_state: { global_step: 7, best_reward: Number.NEGATIVE_INFINITY, current_lr: new PythonFloat(1) },
  metadata: { version: 3, reward: 0.5, symbol: '__proto__' },
  checkpoint_version: '2.0',
};

/** What the contents of a file are. */
export const look = (file: string) => readContents(bufferSource(file, readFileSync(file)));

/** Writes what `torch.save` would. */
export async function writeValue(value: TorchValue, file: string): Promise<void> {
  const parts: Uint8Array[] = [];
  for await (const part of torchSource(value).chunks) parts.push(part);
  writeFileSync(file, Buffer.concat(parts));
}
