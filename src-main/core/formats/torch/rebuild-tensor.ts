import { rowMajorStrides } from '../../tensors/layout.ts';
import type { SparsePlaces, StorageBytes, StoredValues, Tensor } from '../contents.ts';
import { elementSizes, elementsPerByte } from '../element-sizes.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { asKind, type Call, fullName, itemsOf, newCall, type Value } from '../pickle/value.ts';
import { formatCount } from '../plain-text.ts';
import { bytesOfText, mayStandFor } from '../text-bytes.ts';
import { type PickledArray, readArray } from './numpy-values.ts';
import { type StorageClaim, storageClaim } from './storage-claim.ts';
import type { Surroundings } from './surroundings.ts';

/** A tensor without its name, and what is wrong with it. */
export interface Rebuilt extends Omit<Tensor, 'name' | 'part'> {
  problem: string | null;
}

/** What stands in the place of a tensor that is described as PyTorch describes none. */
export type Malformed = 'malformed';

type Rebuild = (args: readonly Value[], around: Surroundings) => Rebuilt | Malformed;

/** The tensor that a call would make, or the elements of a storage that stands by itself; null for anything else. Nothing is read. */
export function rebuildTensor(value: Value, around: Surroundings): Rebuilt | Malformed | null {
  const storage = findStorage(value, around);
  if (storage) return wholeStorage(storage);
  const call = asKind(value, 'call');
  if (!call) return null;
  const rebuild = rebuilders.get(fullName(call.callee));
  if (!rebuild) return rebuildArray(call, around);
  const within = (around.within ?? 0) + 1;
  return within > mostWithin ? 'malformed' : rebuild(call.args, { ...around, within });
}

/** A parameter holds a tensor, which may be quantized by tensors: nothing that PyTorch writes goes deeper. */
const mostWithin = 6;

const inner: Rebuild = ([data = null], around) => rebuildTensor(data, around) ?? 'malformed';

/** torch/_utils.py and torch/_tensor.py: what the functions there take, by their names. */
const rebuilders: ReadonlyMap<string, Rebuild> = new Map<string, Rebuild>([
  ['torch._utils._rebuild_tensor', (args, around) => strided(args, null, around)],
  ['torch._utils._rebuild_tensor_v2', (args, around) => asStored(strided(args, null, around), args[6])],
  [
    'torch._utils._rebuild_tensor_v3',
    (args, around) => asStored(strided(args, dtypeName(args[6]), around), args[7]),
  ],
  [
    'torch._utils._rebuild_qtensor',
    (args, around) => asQuantized(strided(args, null, around), args[4], around),
  ],
  ['torch._utils._rebuild_parameter', inner],
  ['torch._utils._rebuild_parameter_with_state', inner],
  ['torch._utils._rebuild_device_tensor_from_numpy', inner],
  ['torch._utils._rebuild_device_tensor_from_cpu_tensor', inner],
  ['torch._utils._rebuild_xla_tensor', inner],
  ['torch.nn.parameter.Parameter', inner],
  ['torch._utils._rebuild_sparse_tensor', sparse],
  ['torch._utils._rebuild_sparse_csr_tensor', sparse],
  ['torch._utils._rebuild_meta_tensor_no_storage', ([dtype, ...place]) => withoutStorage(dtype, place, 0)],
  [
    'torch._utils._rebuild_wrapper_subclass',
    ([, dtype, size, stride, offset]) => withoutStorage(dtype, [size, stride], offset),
  ],
  [
    'torch._tensor._rebuild_from_type_v2',
    ([build = null, , args], around) =>
      rebuildTensor(newCall(build, itemsOf(args) ?? []), around) ?? 'malformed',
  ],
]);

function strided(args: readonly Value[], dtype: string | null, around: Surroundings): Rebuilt | Malformed {
  const [storage = null, offset, size, strides] = args;
  const found = findStorage(storage, around);
  const shape = readCounts(size);
  const stride = readCounts(strides);
  const name = dtype ?? found?.claim.dtype ?? '';
  const itemSize = elementSizes.get(name);
  if (!found || !shape || !stride || itemSize === undefined || !isCount(offset)) return 'malformed';
  if (shape.length !== stride.length) return 'malformed';
  const bytes = packedBytes(name, shape) ?? itemSize * countOf(shape);
  const end = packedBytes(name, shape) ?? itemSize * extentOf(shape, stride, offset);
  const place = findPlace(found, end);
  const { key, device } = found.claim;
  return { dtype: name, shape, stride, offset, bytes, storage: key, device, ...place };
}

/** What PyTorch does to elements when it takes them out of their storage, by the marks that it writes. torch/csrc/jit/serialization/pickler.h */
const views: readonly (readonly [mark: string, done: string])[] = [
  ['conj', 'conjugated'],
  ['neg', 'negated'],
];

function asStored(rebuilt: Rebuilt | Malformed, marks: Value | undefined): Rebuilt | Malformed {
  const entries = asKind(marks, 'dict')?.entries;
  const view = views.find(([mark]) => entries?.get(mark) === true);
  if (!view || rebuilt === 'malformed') return rebuilt;
  return { ...rebuilt, data: null, problem: `its elements are stored ${view[1]}, and are not read` };
}

/**
 * The parameters lead with the name of the scheme: `torch.per_tensor_affine`. Scale and zero point are numbers, or tensors where each channel
 * has its own. torch/_utils.py, `_rebuild_qtensor`
 */
function asQuantized(
  rebuilt: Rebuilt | Malformed,
  parameters: Value | undefined,
  around: Surroundings,
): Rebuilt | Malformed {
  const [scheme, scale, zeroPoint, axis] = itemsOf(parameters) ?? [];
  if (rebuilt === 'malformed') return rebuilt;
  const name = fullName(scheme).replace(/^torch\./, '') || 'of no scheme that is known';
  const quantized = {
    scheme: name,
    scale: numberOf(scale),
    zeroPoint: wholeOf(zeroPoint),
    axis: wholeOf(axis),
  };
  const [scales, zeroPoints] = [storedIn(scale, around), storedIn(zeroPoint, around)];
  return {
    ...rebuilt,
    quantized: scales && zeroPoints ? { ...quantized, channels: { scales, zeroPoints } } : quantized,
  };
}

/** The numbers of what is a tensor; null for anything else. */
function storedIn(value: Value | undefined, around: Surroundings): StoredValues | null {
  const held = rebuildTensor(value ?? null, around);
  if (held === null || held === 'malformed') return null;
  const { dtype, shape, stride, offset, data } = held;
  return { dtype, shape, stride, offset, data };
}

function numberOf(value: Value | undefined): number | null {
  return typeof value === 'number' ? value : (asKind(value, 'float')?.value ?? null);
}

function wholeOf(value: Value | undefined): number | null {
  const number = numberOf(value);
  return Number.isSafeInteger(number) ? number : null;
}

/**
 * Indices and values are tensors of their own; what is shown is the tensor they stand for, whose zeros are not stored. Values and size come
 * after one tensor that says where they belong, or after two.
 */
function sparse([layout, parts]: readonly Value[], around: Surroundings): Rebuilt | Malformed {
  const items = itemsOf(parts) ?? [];
  const at = items.findIndex((item) => readCounts(item) !== null);
  const [values = null, size] = at < 2 ? [] : items.slice(at - 1, at + 1);
  const held = rebuildTensor(values, around);
  const shape = readCounts(size);
  if (held === null || held === 'malformed' || !shape) return 'malformed';
  const { dtype, stride, offset, data } = held;
  const stored = { dtype, shape: held.shape, stride, offset, data };
  const places = sparsePlaces(layout, items.slice(0, at - 1), around);
  return { ...held, shape, stride: null, offset: null, data: null, values: stored, places };
}

const sparseLayouts: ReadonlyMap<string, SparsePlaces['layout']> = new Map([
  ['torch.sparse_coo', 'coo'],
  ['torch.sparse_csr', 'csr'],
  ['torch.sparse_csc', 'csc'],
  ['torch.sparse_bsr', 'bsr'],
  ['torch.sparse_bsc', 'bsc'],
]);

/** A layout stands there by its name, or as `torch.serialization._get_layout(NAME)`. */
function sparsePlaces(
  layout: Value | undefined,
  parts: readonly Value[],
  around: Surroundings,
): SparsePlaces | undefined {
  const named = asKind(layout, 'call')?.args[0];
  const known = sparseLayouts.get(typeof named === 'string' ? named : fullName(layout));
  const indices = parts.flatMap((part) => storedIn(part, around) ?? []);
  return known && indices.length === (known === 'coo' ? 1 : 2) ? { layout: known, indices } : undefined;
}

function withoutStorage(
  dtype: Value | undefined,
  [size, strides]: readonly (Value | undefined)[],
  offset: Value | undefined,
): Rebuilt | Malformed {
  const name = dtypeName(dtype);
  const shape = readCounts(size);
  const stride = readCounts(strides);
  if (name === null || !shape) return 'malformed';
  const place = stride && isCount(offset) ? { stride, offset } : { stride: null, offset: null };
  const bytes = countOf(shape) * (elementSizes.get(name) ?? 0);
  return { dtype: name, shape, ...place, bytes, storage: null, data: null, problem: null };
}

function rebuildArray(call: Call, around: Surroundings): Rebuilt | Malformed | null {
  const array = readArray(call, around);
  if (!array) return null;
  const shape = readCounts(array.shape);
  if (!shape) return 'malformed';
  const bytes = countOf(shape) * array.itemSize;
  const stride = array.isFortran ? rowMajorStrides(shape.toReversed()).reverse() : rowMajorStrides(shape);
  const place = placeArray(array, bytes);
  return { dtype: array.dtype, shape, stride, offset: 0, bytes, storage: null, ...place };
}

function placeArray({ raw, byteOrder, notRead }: PickledArray, bytes: number): Place {
  if (notRead !== undefined) return { data: null, problem: null, notRead };
  if (!raw) return { data: null, problem: 'its elements are not in the file' };
  const isText = 'form' in raw;
  if (isText ? !mayStandFor(raw, bytes) : raw.length < bytes)
    return { data: null, problem: 'its bytes are not as many as its shape needs' };
  return { data: { ...(isText ? bytesOfText(raw, bytes) : raw), byteOrder }, problem: null };
}

/** A storage as it is claimed to be, and where it is, or a few words on why it is not to be had. */
interface FoundStorage {
  claim: StorageClaim;
  bytes: StorageBytes | string;
}

/** Null for what is no storage. */
function findStorage(value: Value, around: Surroundings): FoundStorage | null {
  const inline = around.inlineStorages?.get(value);
  if (inline) return inline;
  const persistent = asKind(value, 'persistent');
  const claim = persistent && storageClaim(persistent.id);
  return claim && { claim, bytes: isView(persistent?.id) ? viewUnread : around.findStorage(claim.key) };
}

const viewUnread =
  'its storage is a part of another one, as PyTorch before 0.4 wrote it: it can be loaded, and its elements are not read here';

/** Whether an id ends in `(key, offset, elements)`: those of the storage it names that are meant. torch/serialization.py, `legacy_load` */
function isView(id: Value | undefined): boolean {
  return itemsOf(itemsOf(id)?.[5]) !== null;
}

function wholeStorage(found: FoundStorage): Rebuilt | Malformed {
  const { dtype, elements, itemSize, key, device } = found.claim;
  if (!isCount(elements)) return 'malformed';
  const bytes = elements * itemSize;
  const layout = { dtype: dtype ?? 'uint8', shape: [elements], stride: [1], offset: 0, bytes };
  return { ...layout, storage: key, device, ...findPlace(found, bytes) };
}

type Place = Pick<Rebuilt, 'data' | 'problem' | 'notRead'>;

/** The storage is believed only where the file holds just as much, and the tensor only where it stays inside. */
function findPlace({ claim: { elements, itemSize }, bytes }: FoundStorage, end: number): Place {
  if (typeof bytes === 'string') return { data: null, problem: bytes };
  return checkPlace(elements * itemSize, end, bytes);
}

function checkPlace(claimed: number, end: number, found: StorageBytes): Place {
  if (claimed !== found.length) {
    const said = Number.isSafeInteger(claimed)
      ? `${formatCount(claimed)} bytes`
      : 'more bytes than there can be';
    return {
      data: null,
      problem: `its storage is said to have ${said}, and has ${formatCount(found.length)}`,
    };
  }
  if (end <= found.length) return { data: found, problem: null };
  const [wanted, held] = [formatCount(end), formatCount(found.length)];
  return { data: null, problem: `it claims ${wanted} bytes of a storage that holds ${held}` };
}

function readCounts(value: Value | undefined): number[] | null {
  const items = itemsOf(asKind(value, 'call')?.args[0]) ?? itemsOf(value);
  return items && items.length <= mostDimensions && items.every(isCount) ? [...items] : null;
}

function isCount(value: Value | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function dtypeName(value: Value | undefined): string | null {
  const named = asKind(value, 'name');
  return named?.module === 'torch' && elementSizes.has(named.name) ? named.name : null;
}

/** Past 2^53 only nearly right, which is enough to be more than any file holds. */
function countOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Of a type of which several elements share a byte; null for any other. PyTorch makes no views of such tensors. */
function packedBytes(dtype: string, shape: readonly number[]): number | null {
  const shared = elementsPerByte.get(dtype);
  if (shared === undefined) return null;
  return countOf(shape.slice(0, -1)) * Math.ceil((shape.at(-1) ?? 1) / shared);
}

/** How many elements of its storage a tensor reaches over. */
function extentOf(shape: readonly number[], stride: readonly number[], offset: number): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((extent, size, axis) => extent + (size - 1) * (stride[axis] ?? 0), offset + 1);
}
