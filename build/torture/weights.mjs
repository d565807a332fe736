import { torchFile } from '../bench/torch-file.mjs';

/** A model like no other of another seed, about so many bytes long. @param {string} seed @param {number} bytes */
export function weightsOf(seed, bytes) {
  const data = Buffer.alloc(bytes, `${seed} `);
  return Buffer.concat(torchFile('model', [{ key: '0', data }], {}, 1));
}

/** A checkpoint of Hugging Face's Trainer, and the files in it. */
export const FOLDER = 'checkpoint-7';
export const WEIGHTS = 'pytorch_model.bin';
export const STATE = 'trainer_state.json';
export const BESIDE = 'inner/optimizer.pt';
