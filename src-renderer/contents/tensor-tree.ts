import type { TensorView } from '../../shared/model/contents-view.ts';
import { countShown, sumStorages } from '../../shared/statistics/count-shown.ts';

/** A line of the tree: a module with what is below it, or a tensor, `place` being where it stands in the list. */
export interface TreeRow {
  key: string;
  /** The keys that lead to it, joined by `.`. */
  path: string;
  label: string;
  depth: number;
  place: number | null;
  /** Whether what is below is listed; null for a tensor. */
  open: boolean | null;
  tensors: number;
  /** Of a module, what the storages below it have: what several tensors show counts once. In elements, and in bytes. */
  parameters: number;
  bytes: number;
}

interface Module {
  key: string;
  label: string;
  depth: number;
  modules: Map<string, Module>;
  /** In the order of the file, modules among them where their first tensor stands. */
  parts: (Module | number)[];
  /** Those below it that show elements of which others may show some too, or one element many times. */
  sharing: TensorView[];
  tensors: number;
  /** Of those that share nothing, until {@link addShared}. */
  parameters: number;
  bytes: number;
}

export type TensorTree = Module;

/** Names are cut here: what is nested deeper stands in one line. */
const deepest = 12;
/** So many tensors are listed at once; of more only the topmost modules are, until one is opened. */
const manyTensors = 200;

/** The tensors at these places, grouped by the parts of their dotted names; `members` are names of files in the archive, which are one part each. */
export function buildTree(
  tensors: readonly TensorView[],
  places: Iterable<number>,
  members: readonly string[] = [],
): TensorTree {
  const root = emptyModule('', '', -1);
  for (const place of places) {
    const tensor = tensors[place];
    if (tensor) addTensor(root, tensor, { place, members });
  }
  addShared(root);
  return root;
}

/** Adds what tensors share to what a module and all below it take. */
function addShared(module: Module): void {
  if (module.sharing.length === 0) return;
  module.parameters += sumStorages(module.sharing, countShown);
  module.bytes += sumStorages(module.sharing, bytesShown);
  for (const inner of module.modules.values()) addShared(inner);
}

function bytesShown(sharing: readonly TensorView[]): number {
  const widths = sharing.map(({ bytes, parameters }) => (parameters === 0 ? 0 : bytes / parameters));
  return countShown(sharing) * widths.reduce((most, width) => Math.max(most, width), 0);
}

/** Places of the tensors that a line stands for: one, or all that the tree has below a module. */
export function placesOf(tree: TensorTree, row: TreeRow): number[] {
  return row.place === null ? placesBelow(findModule(tree, row.key)) : [row.place];
}

function findModule(module: Module, key: string): Module | null {
  if (module.key === key) return module;
  for (const inner of module.modules.values()) {
    const found = key === inner.key || key.startsWith(`${inner.key}.`) ? findModule(inner, key) : null;
    if (found) return found;
  }
  return null;
}

function placesBelow(module: Module | null): number[] {
  return (module?.parts ?? []).flatMap((part) => (typeof part === 'number' ? [part] : placesBelow(part)));
}

/** What a line is called where its own part of the name is empty, too. */
export function nameOfRow({ label, path }: Pick<TreeRow, 'label' | 'path'>): string {
  return label || (path === '' ? '(the whole)' : '(no name)');
}

/** How many tensors below each module are broken, by the keys of their lines; nothing of those without any. */
export function brokenBelow(tree: TensorTree, isBroken: (place: number) => boolean): Map<string, number> {
  const found = new Map<string, number>();
  const visit = (module: Module): number => {
    const broken = module.parts.reduce<number>(
      (sum, part) => sum + (typeof part === 'number' ? Number(isBroken(part)) : visit(part)),
      0,
    );
    if (broken > 0 && module !== tree) found.set(module.key, broken);
    return broken;
  };
  visit(tree);
  return found;
}

/** The last part of a tensor's name. */
function leafName(label: string): string {
  return namesOf(label).at(-1) ?? label;
}

/** The lines to show; `toggled` are modules that were opened or closed by hand. */
export function listRows(
  tree: TensorTree,
  tensors: readonly TensorView[],
  toggled: ReadonlySet<string>,
  isSearch = false,
): TreeRow[] {
  const startOpen = isSearch || tree.tensors <= manyTensors;
  return rowsBelow(tree, tensors, (key) => startOpen !== toggled.has(key));
}

function rowsBelow(
  module: Module,
  tensors: readonly TensorView[],
  isOpen: (key: string) => boolean,
): TreeRow[] {
  const rows: TreeRow[] = [];
  for (const part of module.parts) {
    if (typeof part === 'number') {
      rows.push(tensorRow(tensors[part], part, module.depth + 1));
      continue;
    }
    const open = isOpen(part.key);
    rows.push(moduleRow(part, open));
    if (open) for (const row of rowsBelow(part, tensors, isOpen)) rows.push(row);
  }
  return rows;
}

function emptyModule(key: string, label: string, depth: number): Module {
  return {
    key,
    label,
    depth,
    modules: new Map(),
    parts: [],
    sharing: [],
    tensors: 0,
    parameters: 0,
    bytes: 0,
  };
}

function addTensor(
  root: Module,
  tensor: TensorView,
  at: { place: number; members: readonly string[] },
): void {
  let module = root;
  count(module, tensor);
  for (const name of namesWithin(tensor.label, at.members).slice(0, -1)) {
    module = moduleIn(module, name);
    count(module, tensor);
  }
  module.parts.push(at.place);
}

function count(module: Module, tensor: TensorView): void {
  module.tensors += 1;
  if (tensor.shared || tensor.stride?.includes(0)) {
    module.sharing.push(tensor);
    return;
  }
  module.parameters += tensor.parameters;
  module.bytes += tensor.bytes;
}

function moduleIn(parent: Module, name: string): Module {
  const known = parent.modules.get(name);
  if (known) return known;
  const module = emptyModule(`${parent.key}.${name}`, name, parent.depth + 1);
  parent.modules.set(name, module);
  parent.parts.push(module);
  return module;
}

function namesWithin(label: string, members: readonly string[]): string[] {
  const member = members.find((name) => label.startsWith(`${name}.`));
  return member === undefined ? namesOf(label) : [member, ...namesOf(label.slice(member.length + 1))];
}

function namesOf(label: string): string[] {
  const names = label.split('.');
  return names.length <= deepest
    ? names
    : [...names.slice(0, deepest - 1), names.slice(deepest - 1).join('.')];
}

function tensorRow(tensor: TensorView | undefined, place: number, depth: number): TreeRow {
  return {
    key: `tensor ${place}`,
    path: tensor?.label ?? '',
    label: leafName(tensor?.label ?? ''),
    depth,
    place,
    open: null,
    tensors: 1,
    parameters: tensor?.parameters ?? 0,
    bytes: tensor?.bytes ?? 0,
  };
}

function moduleRow({ key, label, depth, tensors, parameters, bytes }: Module, open: boolean): TreeRow {
  return { key, path: key.slice(1), label, depth, place: null, open, tensors, parameters, bytes };
}
