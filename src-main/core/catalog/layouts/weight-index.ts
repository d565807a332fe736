import type { FolderManifest } from './layout.ts';
import { missingOfWeightMap } from './missing-parts.ts';

const ending = '.index.json';
const shardOfTorch = /^pytorch_model-\d{5}-of-\d{5}\.bin$/;
const indexOfTorch = 'pytorch_model.bin.index.json';

/** The index of weights in several files names each of them. transformers/modeling_utils.py, save_pretrained */
export const weightIndex: FolderManifest = {
  find: (main, inside) => {
    if (main.endsWith(ending)) return main;
    return shardOfTorch.test(main) && inside.has(indexOfTorch) ? indexOfTorch : null;
  },
  missing: (text, file, inside) => missingOfWeightMap(text, file.slice(0, file.lastIndexOf('/') + 1), inside),
};
