import type { FormatName } from '../formats/format.ts';
import { unpackHead } from '../formats/gzip/unpack-head.ts';
import { detectFormat } from '../formats/registry.ts';
import { openFileSource, type Source } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';

type Write = (path: string) => string;

const torch: Write = (path) =>
  `import torch\n\nstate = torch.load(${path}, map_location="cpu", weights_only=True)\n`;
const script: Write = (path) => `import torch\n\nmodel = torch.jit.load(${path}, map_location="cpu")\n`;
const numpy: Write = (path) => `import numpy\n\nstate = numpy.load(${path}, allow_pickle=False)\n`;

/** How each kind of file is read in Python without running what is in it, where that can be. */
const snippets: ReadonlyMap<FormatName, Write> = new Map<FormatName, Write>([
  ['torch-zip', torch],
  ['torch-legacy', torch],
  ['torch-tar', torch],
  ['torchscript', script],
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

/** What these read of a file they read of one that is open, too. */
const readStreams: ReadonlyMap<FormatName, Write> = new Map<FormatName, Write>([
  ['zip', torch],
  ['torch-zip', torch],
  ['torch-legacy', torch],
  ['torchscript', script],
  ['npy', numpy],
  ['npz', numpy],
]);

/** `inside`: the format of what is packed. */
function packed(path: string, inside: FormatName | undefined): string {
  const write = inside && readStreams.get(inside);
  if (!write)
    return `# It is packed by gzip, and what is in it does not tell how it is loaded. Unpack it (gunzip -k), then look into it: cairn inspect ${path}\n`;
  const [imports = '', load = ''] = write('file').trimEnd().split('\n\n');
  return `import gzip\n\n${imports}\n\n# It is packed by gzip: as it is, no loader reads it.\nwith gzip.open(${path}) as file:\n    ${load}\n`;
}

/** Lines of Python that load a file, by what its structure says it is; without running what is in it where Python can do that. */
export async function loadingSnippet(path: string): Promise<string> {
  const source = await openFileSource(path);
  try {
    const { format } = await checkStructure(source);
    if (format === 'gzip') return packed(pythonText(path), await formatInside(source));
    return (snippets.get(format) ?? unsafe)(pythonText(path));
  } finally {
    await source.close();
  }
}

/** What is packed, as far as its first bytes tell. */
async function formatInside(source: Source): Promise<FormatName | undefined> {
  const head = await unpackHead(source);
  return head ? detectFormat(head)?.recognised : undefined;
}

/** A text as Python spells it; JSON's escapes are among Python's. */
function pythonText(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
