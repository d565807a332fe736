import { rowMajorStrides } from '../../tensors/layout.ts';
import type { StorageBytes, Tensor } from '../contents.ts';
import { elementSizes } from '../element-sizes.ts';
import { asKind, type Call, fullName, itemsOf, newCall, type Value } from '../pickle/value.ts';
import { formatCount } from '../plain-text.ts';
import { readArray } from './numpy-values.ts';
import { type StorageClaim, storageClaim } from './storage-claim.ts';
import type { Surroundings } from './surroundings.ts';

/** A tensor without its name, and what is wrong with it. */
export interface Rebuilt extends Omit<Tensor, 'name' | 'part'> {
  problem: string | null;
}

/** What stands in the place of a tensor that is described as PyTorch describes none. */
export type Malformed = 'malformed';

type Rebuild = (args: readonly Value[], around: Surroundings) => Rebuilt | Malformed;

/** The tensor that a call would make; null when it makes something else. Nothing is read. */
export function rebuildTensor(value: Value, around: Surroundings): Rebuilt | Malformed | null {
  const call = asKind(value, 'call');
  if (!call) return null;
  const rebuild = rebuilders.get(fullName(call.callee));
  return rebuild ? rebuild(call.args, around) : rebuildArray(call, around);
}

const inner: Rebuild = ([data = null], around) => rebuildTensor(data, around) ?? 'malformed';

/** torch/_utils.py and torch/_tensor.py: what the functions there take, by their names. */
const rebuilders: ReadonlyMap<string, Rebuild> = new Map<string, Rebuild>([
  ['torch._utils._rebuild_tensor', (args, around) => strided(args, null, around)],
  ['torch._utils._rebuild_tensor_v2', (args, around) => strided(args, null, around)],
  ['torch._utils._rebuild_tensor_v3', (args, around) => strided(args, dtypeName(args[6]), around)],
  ['torch._utils._rebuild_qtensor', (args, around) => strided(args, null, around)],
  ['torch._utils._rebuild_parameter', inner],
  ['torch._utils._rebuild_parameter_with_state', inner],
  ['torch._utils._rebuild_device_tensor_from_numpy', inner],
  ['torch._utils._rebuild_device_tensor_from_cpu_tensor', inner],
  ['torch._utils._rebuild_xla_tensor', inner],
  ['torch.nn.parameter.Parameter', inner],
  ['torch._utils._rebuild_sparse_tensor', sparse],
  ['torch._utils._rebuild_meta_tensor_no_storage', ([dtype, size]) => withoutStorage(dtype, size)],
  ['torch._utils._rebuild_wrapper_subclass', ([, dtype, size]) => withoutStorage(dtype, size)],
  [
    'torch._tensor._rebuild_from_type_v2',
    ([build = null, , args], around) =>
      rebuildTensor(newCall(build, itemsOf(args) ?? []), around) ?? 'malformed',
  ],
]);

function strided(args: readonly Value[], dtype: string | null, around: Surroundings): Rebuilt | Malformed {
  const [storage, offset, size, strides] = args;
  const inline = around.inlineStorages?.get(storage ?? null);
  const claim = inline?.claim ?? storageClaim(asKind(storage, 'persistent')?.id ?? null);
  const shape = readCounts(size);
  const stride = readCounts(strides);
  const name = dtype ?? claim?.dtype ?? '';
  const itemSize = elementSizes.get(name);
  if (!claim || !shape || !stride || itemSize === undefined || !isCount(offset)) return 'malformed';
  if (shape.length !== stride.length) return 'malformed';
  const end = itemSize * extentOf(shape, stride, offset);
  const place = findPlace(claim, end, inline?.bytes ?? around.findStorage(claim.key));
  const bytes = itemSize * countOf(shape);
  return { dtype: name, shape, stride, offset, bytes, storage: claim.key, ...place };
}

/** Indices and values are tensors of their own; what is shown is the tensor they stand for, whose zeros are not stored. */
function sparse([, parts]: readonly Value[], around: Surroundings): Rebuilt | Malformed {
  const [, values = null, size] = itemsOf(parts) ?? [];
  const held = rebuildTensor(values, around);
  const shape = readCounts(size);
  if (held === null || held === 'malformed' || !shape) return 'malformed';
  return { ...held, shape, stride: null, offset: null, data: null };
}

function withoutStorage(dtype: Value | undefined, size: Value | undefined): Rebuilt | Malformed {
  const name = dtypeName(dtype);
  const shape = readCounts(size);
  if (name === null || !shape) return 'malformed';
  const bytes = countOf(shape) * (elementSizes.get(name) ?? 0);
  return { dtype: name, shape, stride: null, offset: null, bytes, storage: null, data: null, problem: null };
}

function rebuildArray(call: Call, around: Surroundings): Rebuilt | Malformed | null {
  const array = readArray(call, around);
  if (!array) return null;
  const shape = readCounts(array.shape);
  if (!shape) return 'malformed';
  const bytes = countOf(shape) * (elementSizes.get(array.dtype) ?? 0);
  const stride = array.isFortran ? rowMajorStrides(shape.toReversed()).reverse() : rowMajorStrides(shape);
  const isHeld = array.bytes !== null && array.bytes.length >= bytes;
  const problem = isHeld ? null : 'its bytes are not as many as its shape needs';
  const data = isHeld ? array.bytes : null;
  return { dtype: array.dtype, shape, stride, offset: 0, bytes, storage: null, data, problem };
}

type Place = Pick<Rebuilt, 'data' | 'problem'>;

/** The storage is believed only where the file holds just as much, and the tensor only where it stays inside. */
function findPlace({ elements, itemSize }: StorageClaim, end: number, found: StorageBytes | string): Place {
  if (typeof found === 'string') return { data: null, problem: found };
  return checkPlace(elements * itemSize, end, found);
}

function checkPlace(claimed: number, end: number, found: StorageBytes): Place {
  if (claimed !== found.length) {
    const [said, held] = [formatCount(claimed), formatCount(found.length)];
    return { data: null, problem: `its storage is said to have ${said} bytes, and has ${held}` };
  }
  if (end <= found.length) return { data: found, problem: null };
  const [wanted, held] = [formatCount(end), formatCount(found.length)];
  return { data: null, problem: `it claims ${wanted} bytes of a storage that holds ${held}` };
}

/** As many as numpy has; torch itself has no more in use. */
const mostDimensions = 64;

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

/** How many elements of its storage a tensor reaches over. */
function extentOf(shape: readonly number[], stride: readonly number[], offset: number): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((extent, size, axis) => extent + (size - 1) * (stride[axis] ?? 0), offset + 1);
}
