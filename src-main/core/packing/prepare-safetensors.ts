import { type Json, objectOrNull, ownValue } from '../../../shared/model/json.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { writePythonJson } from '../catalog/write-python-json.ts';
import { ModelManagerError } from '../errors.ts';
import type { Contents, Tensor } from '../formats/contents.ts';
import { asKind } from '../formats/pickle/value.ts';
import { isAllTold } from '../formats/torch/to-json.ts';
import { elementBlocks, walkRows } from '../tensors/element-blocks.ts';
import { plainDataBelow, prefixesOf } from './plain-data-below.ts';
import type { Prepared, Preparing } from './prepared.ts';
import { type NamedTensor, safetensorsFile } from './safetensors-file.ts';
import { withFloats } from './with-floats.ts';

/**
 * The tensors of the model under their names in its state dict, and what else is known as JSON. Null where there is no tensor.
 * @throws ModelManagerError where that would be cut short
 */
export function prepareSafetensors(contents: Contents, { path, mark }: Preparing): Prepared | null {
  const written = contents.tensors.filter(({ data, quantized }) => data !== null && !quantized);
  const model = written.filter(({ part }) => part === 'model');
  const kept = model.length > 0 ? model : written.filter(({ part }) => part !== 'optimizer');
  if (kept.length === 0) return null;
  assertAllTold(contents, path);
  const prefix = commonKey(kept, contents);
  const tensors = kept.map((tensor) => namedTensor(tensor.name.slice(prefix.length), tensor));
  const notes = new Map<string, string>(mark ? [[mark.key, JSON.stringify(mark.note)]] : []);
  const known: [string, Json][] = [
    ['training_state', contents.trainingState],
    ['metadata', contents.metadata],
    ['checkpoint_version', contents.checkpointVersion],
  ];
  for (const [key, json] of known) if (json !== null) notes.set(key, noteOf(json));
  return {
    chunks: safetensorsFile(tensors, notes).chunks,
    tensors: tensors.length,
    leftOut: whatIsLeftOut(contents, new Set(kept)),
  };
}

function namedTensor(name: string, tensor: Tensor): NamedTensor {
  const walk = walkRows(tensor);
  const { dtype, shape } = tensor;
  return { name, dtype, shape, elements: walk && (() => elementBlocks(walk)) };
}

function noteOf(json: Json): string {
  const dict = objectOrNull(json);
  return writePythonJson(dict ? Object.fromEntries(withFloats(Object.entries(dict))) : json, null);
}

/** What stands before the names of a state dict that is one of several things in the checkpoint: `model_state_dict.` */
function commonKey([first, ...others]: readonly Tensor[], { entries }: Contents): string {
  const key = first?.name.split('.', 1)[0] ?? '';
  const isShared =
    others.every(({ name }) => name.startsWith(`${key}.`)) && first?.name.startsWith(`${key}.`);
  const isState = entries.some((entry) => entry.key === key && entry.type !== 'tensor');
  return isShared && isState ? `${key}.` : '';
}

const carried = new Set(['training_state', 'metadata', 'checkpoint_version']);

/** Where a history of a million values stands among the metadata, only its beginning is told. */
function assertAllTold({ pickled }: Contents, path: string): void {
  const entries = asKind(pickled?.root, 'dict')?.entries ?? asKind(pickled?.root, 'call')?.entries;
  for (const key of carried)
    if (!isAllTold(entries?.get(key) ?? null))
      throw new ModelManagerError(
        `cannot convert ${escapeName(path)} — its ${key} has more values than are put into the notes of a safetensors file — convert it to .pt`,
        { path },
      );
}

/** By its key at the top where nothing below it was kept; every other tensor that was not kept by its name. */
function whatIsLeftOut(contents: Contents, kept: ReadonlySet<Tensor>): string[] {
  const { entries, tensors } = contents;
  const keys = new Set(entries.map(({ key }) => key));
  const keysAbove = ({ name }: Tensor) => [...prefixesOf(name), name].filter((key) => keys.has(key));
  const keptBelow = new Set([...kept].flatMap(keysAbove));
  // Counters at the top go along as the training state: of that they are the keys, unless it has a place of its own.
  const counters = keys.has('training_state') ? null : objectOrNull(contents.trainingState);
  const isCarried = (key: string) => carried.has(key) || ownValue(counters, key) !== undefined;
  const whole = entries
    .filter(({ key, type }) => type !== 'None' && !isCarried(key) && !keptBelow.has(key))
    .map(({ key }) => key);
  const told = new Set(whole);
  const single = tensors.filter(
    (tensor) => !kept.has(tensor) && !keysAbove(tensor).some((key) => told.has(key)),
  );
  const plain = contents.pickled ? plainDataBelow(contents.pickled.root, keptBelow, tensors) : [];
  return [...whole, ...single.map(({ name }) => name), ...plain];
}
