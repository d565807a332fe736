import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import type { Contents, Tensor } from '../formats/contents.ts';
import { isOptimizerState, namesWeights, partOf } from '../formats/torch/part-of.ts';
import type { Prepared, Preparing } from './prepared.ts';
import { referenceCheckpoint } from './reference-checkpoint.ts';
import { storedBytes } from './stored-bytes.ts';
import { torchSource } from './torch-source.ts';
import { PythonTuple, type TorchKey, TorchTensor, type TorchValue } from './torch-value.ts';
import { unpickledValue } from './unpickled-value.ts';

/** All of it; of a format that has tensors and notes alone, as the reference lays out a checkpoint. Null where there is no tensor. */
export function prepareTorch(contents: Contents, { path, slim = false, mark }: Preparing): Prepared | null {
  const { value, leftOut } = contents.pickled
    ? unpickledValue(contents.pickled, path)
    : referenceDictionary(contents);
  const slimmed = slim ? withoutOptimizer(value) : { value, leftOut: [] };
  const tensors = countTensors(slimmed.value);
  if (tensors === 0) return null;
  const marked = mark ? withMark(slimmed.value, mark) : slimmed.value;
  return {
    chunks: torchSource(marked).chunks,
    tensors,
    leftOut: [...leftOut, ...slimmed.leftOut],
  };
}

function referenceDictionary({ tensors, trainingState, metadata, checkpointVersion }: Contents) {
  const leftOut: string[] = [];
  const model = new Map<TorchKey, TorchValue>();
  for (const tensor of tensors) {
    const read = tensorOfFile(tensor);
    if (model.has(tensor.name)) throw repeated(tensor.name);
    if (read) model.set(tensor.name, read);
    else leftOut.push(tensor.name);
  }
  const version = checkpointVersion === null ? {} : { checkpointVersion };
  return { value: referenceCheckpoint({ model, trainingState, metadata, ...version }), leftOut };
}

function repeated(name: string): ModelValidationError {
  return new ModelValidationError(
    `cannot write ${escapeName(name, 400)} — another tensor has this name too, and a state dict has each once — get the file anew, or export its tensors one by one`,
  );
}

function tensorOfFile({ dtype, shape, stride, offset, data }: Tensor): TorchTensor | null {
  if (data === null) return null;
  return new TorchTensor(storedBytes(data, dtype), shape, stride ?? undefined, offset ?? 0);
}

/** The reference writes None where there is none; elsewhere the key goes. */
function withoutOptimizer(value: TorchValue): { value: TorchValue; leftOut: string[] } {
  if (!(value instanceof Map)) return { value, leftOut: [] };
  const entries = [...(value as ReadonlyMap<TorchKey, TorchValue>)];
  const goes = ([key, item]: (typeof entries)[number]) =>
    item !== null && partOf(String(key), toldByItem(item)) === 'optimizer';
  const kept = entries.flatMap((entry): typeof entries => {
    if (!goes(entry)) return [entry];
    return entry[0] === 'optimizer_state_dict' ? [[entry[0], null]] : [];
  });
  return { value: new Map(kept), leftOut: entries.filter(goes).map(([key]) => String(key)) };
}

function toldByItem(item: TorchValue): Tensor['part'] | null {
  if (!(item instanceof Map)) return null;
  if (isOptimizerState(item)) return 'optimizer';
  return namesWeights(item.keys()) ? 'model' : null;
}

function withMark(value: TorchValue, { key, note }: NonNullable<Preparing['mark']>): TorchValue {
  const held =
    value instanceof Map ? (value as ReadonlyMap<TorchKey, TorchValue>) : new Map([['value', value]]);
  return new Map<TorchKey, TorchValue>([...held, [key, note]]);
}

function countTensors(value: TorchValue): number {
  if (value instanceof TorchTensor) return 1;
  return partsOf(value).reduce((sum: number, part) => sum + countTensors(part), 0);
}

function partsOf(value: TorchValue): readonly TorchValue[] {
  if (value instanceof PythonTuple) return value.items;
  if (value instanceof Map) return [...value.values()];
  return Array.isArray(value) ? value : [];
}
