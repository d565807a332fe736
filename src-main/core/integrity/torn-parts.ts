import { openFileSource } from '../formats/source.ts';
import { checkStructure, type Structure } from '../formats/structure.ts';
import type { ClaimedFolder } from './verification.ts';

/** Files whose structure can tell that they are torn; those with the first endings have one that is known, or are none. */
const sure = /\.(?:pt|pth|ckpt|safetensors|zip|keras)$/i;
const likely = /\.(?:bin|pkl|pickle|h5|hdf5|npz|npy|msgpack|gguf|onnx)$/i;
/** So many files of a folder are looked into where they are not read whole. */
const most = 200;

/** Whether a file of a version that is a folder is torn: most of them are of no format that would be known here. */
export function isTornPart(name: string, { state, format }: Structure): boolean {
  if (sure.test(name)) return state === 'torn' || format === 'unknown';
  return likely.test(name) && state === 'torn';
}

/** What is wrong with the structure of the first file that is torn, with its name; null where none is. @throws I/O errors */
export async function findTornPart({ files }: ClaimedFolder): Promise<string | null> {
  const checked = files.filter(({ name }) => sure.test(name) || likely.test(name)).slice(0, most);
  for (const { name, path } of checked) {
    const source = await openFileSource(path);
    try {
      const structure = await checkStructure(source);
      if (isTornPart(name, structure)) return `${name}: ${structure.detail}`;
    } finally {
      await source.close();
    }
  }
  return null;
}
