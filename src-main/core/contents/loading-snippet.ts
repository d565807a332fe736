import type { FormatName } from '../formats/format.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';

type Write = (path: string) => string;

const torch: Write = (path) =>
  `import torch\n\nstate = torch.load(${path}, map_location="cpu", weights_only=True)\n`;
const numpy: Write = (path) => `import numpy\n\nstate = numpy.load(${path}, allow_pickle=False)\n`;

/** How each kind of file is read in Python without running what is in it, where that can be. */
const snippets: ReadonlyMap<FormatName, Write> = new Map<FormatName, Write>([
  ['torch-zip', torch],
  ['torch-legacy', torch],
  ['torch-tar', torch],
  ['torchscript', (path) => `import torch\n\nmodel = torch.jit.load(${path}, map_location="cpu")\n`],
  ['safetensors', (path) => `from safetensors.torch import load_file\n\nstate = load_file(${path})\n`],
  [
    'sb3',
    (path) =>
      `# The file does not say which algorithm trained it: name yours for PPO.\nfrom stable_baselines3 import PPO\n\nmodel = PPO.load(${path}, device="cpu")\n`,
  ],
  ['keras', (path) => `import keras\n\nmodel = keras.saving.load_model(${path}, safe_mode=True)\n`],
  ['npy', numpy],
  ['npz', numpy],
  ['gguf', (path) => `from gguf import GGUFReader\n\nreader = GGUFReader(${path})\n`],
  ['hdf5', (path) => `import h5py\n\nfile = h5py.File(${path}, "r")\n`],
  [
    'flax-msgpack',
    (path) =>
      `from pathlib import Path\n\nfrom flax.serialization import msgpack_restore\n\ntree = msgpack_restore(Path(${path}).read_bytes())\n`,
  ],
  [
    'tf-index',
    (path) =>
      `import tensorflow as tf\n\nreader = tf.train.load_checkpoint(${path}.removesuffix(".index"))\nshapes = reader.get_variable_to_shape_map()\n`,
  ],
  [
    'orbax',
    (path) =>
      `from pathlib import Path\n\nfrom orbax.checkpoint import PyTreeCheckpointer\n\ntree = PyTreeCheckpointer().restore(Path(${path}).parent)\n`,
  ],
  ['onnx', (path) => `import onnx\n\nmodel = onnx.load(${path})\n`],
]);

/** A plain pickle runs what is in it when it is loaded, and of other files nobody knows. */
const unsafe: Write = (path) =>
  `# No loader is known that runs nothing of what is in this file. Look into it first: cairn inspect ${path}\n`;

/** Lines of Python that load a file, by what its structure says it is; without running what is in it where Python can do that. */
export async function loadingSnippet(path: string): Promise<string> {
  const source = await openFileSource(path);
  try {
    const { format } = await checkStructure(source);
    return (snippets.get(format) ?? unsafe)(pythonText(path));
  } finally {
    await source.close();
  }
}

/** A text as Python spells it; JSON's escapes are among Python's. */
function pythonText(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
