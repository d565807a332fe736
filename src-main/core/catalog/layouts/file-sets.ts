import { missingParts } from './missing-parts.ts';

/** A version that is several files of one folder, by their names: the one that stands for it, the others, and what is not there. */
export interface FileSet {
  main: string;
  others: readonly string[];
  /** A sentence for each thing that is not there and should be; none where the save was finished. */
  missing: readonly string[];
}

/** How a library writes a checkpoint as several files beside each other. */
interface SetNaming {
  /** What the names of one set have in common; null for a name of none. */
  stemOf(name: string): string | null;
  /** The name of the file that says where everything is, by the stem. */
  indexOf(stem: string): string;
  isShard(name: string): boolean;
  /** Whether an index without its shards is one of a checkpoint: databases and searches have indexes too. */
  isAlone(stem: string): boolean;
}

const shardOfTensorFlow = /^(.+)\.data-\d{5}-of-\d{5}$/s;
const likeCheckpoint = /ckpt|checkpoint|(?:^|[-_/])cp-\d/i;
/** The graph, of TensorFlow 1. */
const graphOfTensorFlow = /^(.+ckpt(?:-\d+)?)\.meta$/s;

/** `X.index` and `X.data-00000-of-0000N`. tensorflow/core/util/tensor_bundle/naming.cc */
const tensorFlow: SetNaming = {
  stemOf: (name) =>
    (shardOfTensorFlow.exec(name) ?? graphOfTensorFlow.exec(name))?.[1] ?? withoutEnd(name, '.index'),
  indexOf: (stem) => `${stem}.index`,
  isShard: (name) => shardOfTensorFlow.test(name),
  isAlone: (stem) => likeCheckpoint.test(stem),
};

const shardOfTorch = /^(.+)-\d{5}-of-\d{5}(\.(?:safetensors|bin))$/s;

/** `X-00001-of-0000N.safetensors` or `.bin`, and `X.safetensors.index.json`. huggingface_hub/serialization/_base.py */
const torch: SetNaming = {
  stemOf: (name) => {
    const [, stem, ending] = shardOfTorch.exec(name) ?? [];
    if (stem !== undefined) return `${stem}${ending}.index`;
    return /\.(?:safetensors|bin)\.index\.json$/.test(name) ? withoutEnd(name, '.json') : null;
  },
  indexOf: (stem) => `${stem}.json`,
  isShard: (name) => shardOfTorch.test(name),
  isAlone: () => false,
};

const namings = [tensorFlow, torch];

/** Whether a name can be one of a set: most names cannot, and every name of a run is asked about. */
const mayBePart = /-of-\d{5}|\.index(?:\.json)?$|\.meta$/;

/** What the names of one set have in common; null for a name of none. */
export function stemOfSet(name: string): string | null {
  return mayBePart.test(name) ? stemBy(name) : null;
}

function stemBy(name: string): string | null {
  for (const naming of namings) {
    const stem = naming.stemOf(name);
    if (stem !== null && stem !== '') return stem;
  }
  return null;
}

/** The set that these names of one stem are; null where they are none. */
export function fileSetOf(stem: string, names: readonly string[]): FileSet | null {
  for (const naming of namings) {
    const set = setBy(naming, stem, names);
    if (set) return set;
  }
  return null;
}

function setBy(naming: SetNaming, stem: string, names: readonly string[]): FileSet | null {
  const index = naming.indexOf(stem);
  const shards = names.filter((name) => naming.isShard(name)).sort();
  const hasIndex = names.includes(index);
  const main = hasIndex ? index : shards[0];
  if (main === undefined || (shards.length === 0 && !naming.isAlone(stem))) return null;
  const missing = [
    ...(hasIndex ? [] : [`${index} is missing`]),
    ...(shards.length > 0 ? [] : [`its values are missing: no ${stem}.data-00000-of-00001`]),
    ...missingParts(new Set(shards)),
  ];
  return { main, others: names.filter((name) => name !== main).sort(), missing };
}

function withoutEnd(name: string, end: string): string | null {
  return name.endsWith(end) ? name.slice(0, -end.length) : null;
}
