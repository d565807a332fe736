import { expect, test } from 'vitest';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { findTensors } from './find-tensors.ts';
import { brokenBelow, buildTree, listRows, nameOfRow, placesOf } from './tensor-tree.ts';

const named = (label: string): TensorView => ({
  label,
  dtype: 'float32',
  shape: [2],
  parameters: 2,
  bytes: 8,
  shared: false,
  readable: true,
  stored_as: null,
  not_measured: null,
  part: 'model',
  storage: null,
  offset: null,
  stride: null,
  device: null,
});
const none = new Set<string>();

function lines(names: readonly string[], toggled: ReadonlySet<string> = none): string[] {
  const tensors = names.map(named);
  return listRows(buildTree(tensors, tensors.keys()), tensors, toggled).map(
    ({ label, depth, parameters }) => `${' '.repeat(depth)}${label} ${parameters}`,
  );
}

test('tensors are grouped by their dotted names, each module with what is below it', () => {
  expect(lines(['net.0.weight', 'net.0.bias', 'net.1.weight', 'scale'])).toEqual([
    'net 6',
    ' 0 4',
    '  weight 2',
    '  bias 2',
    ' 1 2',
    '  weight 2',
    'scale 2',
  ]);
});

test('a line of a module stands for all tensors below it, in the order of the tree', () => {
  const tensors = ['net.0.w', 'other', 'net.0.b', 'net.1.w', 'net.10.w'].map(named);
  const tree = buildTree(tensors, tensors.keys());
  const places = listRows(tree, tensors, none).map((row) => [row.path, placesOf(tree, row)]);
  expect(places).toEqual([
    ['net', [0, 2, 3, 4]],
    ['net.0', [0, 2]],
    ['net.0.w', [0]],
    ['net.0.b', [2]],
    ['net.1', [3]],
    ['net.1.w', [3]],
    ['net.10', [4]],
    ['net.10.w', [4]],
    ['other', [1]],
  ]);
});

test('a module that was closed hides what is below', () => {
  expect(lines(['net.0.weight', 'net.0.bias', 'scale'], new Set(['.net']))).toEqual(['net 4', 'scale 2']);
});

test('of many tensors only the topmost modules are listed until one is opened', () => {
  const many = Array.from({ length: 1000 }, (_, index) => `blocks.${index}.weight`);
  expect(lines(many)).toEqual(['blocks 2000']);
  expect(lines(many, new Set(['.blocks']))).toHaveLength(1001);
});

test('names that are keys of every object, empty ones and equal ones are names like any other', () => {
  expect(lines(['__proto__.constructor', '', 'a', 'a', 'a.b'])).toEqual([
    '__proto__ 2',
    ' constructor 2',
    ' 2',
    'a 2',
    'a 2',
    'a 2',
    ' b 2',
  ]);
});

test('a name nested without end costs a few lines', () => {
  expect(lines([Array.from({ length: 500 }, () => 'x').join('.')])).toHaveLength(12);
});

test('a search finds by any part of a name, case aside, and opens what it finds', () => {
  const tensors = [
    'Net.Weight',
    'net.bias',
    ...Array.from({ length: 300 }, (_, index) => `rest.${index}`),
  ].map(named);
  const found = findTensors(tensors, ' WEIGHT ', null);
  expect(found).toEqual([0]);
  const rows = listRows(buildTree(tensors, found), tensors, none, true);
  expect(rows.map(({ label }) => label)).toEqual(['Net', 'Weight']);
});

test('each line has the path of keys that leads to it, however deep', () => {
  const tensors = [named(`net.${'a.'.repeat(20)}weight`)];
  const rows = listRows(buildTree(tensors, tensors.keys()), tensors, none);
  expect(rows.at(-1)?.path).toBe(tensors[0]?.label);
  expect(rows.slice(0, 2).map(({ path }) => path)).toEqual(['net', 'net.a']);
});

test('a module tells how many of the tensors below it are broken, however deep they are', () => {
  const tensors = ['net.0.w', 'net.0.b', 'net.1.w', 'a..w', 'other'].map(named);
  const tree = buildTree(tensors, tensors.keys());
  const below = brokenBelow(tree, (place) => place !== 1);
  expect([...below]).toEqual([
    ['.net.0', 1],
    ['.net.1', 1],
    ['.net', 2],
    ['.a.', 1],
    ['.a', 1],
  ]);
  const rows = listRows(tree, tensors, none).filter(({ open }) => open !== null);
  expect(rows.map(({ key }) => below.get(key))).toEqual([2, 1, 1, 1, 1]);
});

test('a module counts an element of a storage once, however many tensors below it show that', () => {
  const tied = { shape: [4, 2], parameters: 8, bytes: 32, stride: [2, 1], offset: 0 };
  const tensors = [
    { ...named('net.embed.w'), ...tied, storage: 'a', shared: true },
    { ...named('net.head.w'), ...tied, storage: 'a', shared: true },
    { ...named('net.head.row'), storage: 'a', shared: true, stride: [1], offset: 2 },
    { ...named('net.head.b'), storage: 'b', stride: [1], offset: 0 },
    { ...named('net.wide'), ...tied, storage: 'c', stride: [0, 0] },
  ];
  const rows = listRows(buildTree(tensors, tensors.keys()), tensors, none);
  const modules = rows.filter(({ open }) => open !== null);
  expect(modules.map(({ path, tensors: all, parameters, bytes }) => [path, all, parameters, bytes])).toEqual([
    ['net', 5, 11, 44],
    ['net.embed', 1, 8, 32],
    ['net.head', 3, 10, 40],
  ]);
});

test('a part without a name is told from the whole of a file that is one tensor', () => {
  const words = (name: string) => {
    const tensors = [named(name)];
    return listRows(buildTree(tensors, [0]), tensors, none).map(nameOfRow);
  };
  expect(words('')).toEqual(['(the whole)']);
  expect(words('a..w')).toEqual(['a', '(no name)', 'w']);
  expect(words('a.')).toEqual(['a', '(no name)']);
});

test('what is in a member of an archive stands below the name of that, dots and all', () => {
  const tensors = ['policy.pth.net.w', 'policy.optimizer.pth.state.0.step', 'policy.pthx.w'].map(named);
  const tree = buildTree(tensors, tensors.keys(), ['policy.pth', 'policy.optimizer.pth']);
  const rows = listRows(tree, tensors, none);
  expect(rows.map(({ label, depth, path }) => [depth, label, path])).toEqual([
    [0, 'policy.pth', 'policy.pth'],
    [1, 'net', 'policy.pth.net'],
    [2, 'w', 'policy.pth.net.w'],
    [0, 'policy.optimizer.pth', 'policy.optimizer.pth'],
    [1, 'state', 'policy.optimizer.pth.state'],
    [2, '0', 'policy.optimizer.pth.state.0'],
    [3, 'step', 'policy.optimizer.pth.state.0.step'],
    [0, 'policy', 'policy'],
    [1, 'pthx', 'policy.pthx'],
    [2, 'w', 'policy.pthx.w'],
  ]);
});
