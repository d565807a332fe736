import { untilNul } from './read-values.ts';
import { isMarked, numberAt, type TornFile } from './torn-file.ts';
import type { Message } from './torn-headers.ts';

/** A name in a group, and where what it stands for is described. */
export interface TornLink {
  name: string;
  address: number;
}

/** What a group lists, as far as that is there. */
export interface TornGroup {
  links: TornLink[];
  isWhole: boolean;
}

const messageTypes = { manyLinks: 2, link: 6, table: 17 };

/** Null for what is no group. @throws Damage where there is no end to it */
export async function listLinks(file: TornFile, messages: readonly Message[]): Promise<TornGroup | null> {
  const table = messages.find(({ type }) => type === messageTypes.table)?.data;
  if (table) return listTable(file, numberAt(table, 0, 8), numberAt(table, 8, 8));
  const many = messages.find(({ type }) => type === messageTypes.manyLinks)?.data;
  if (!many) return null;
  const links = messages.flatMap(({ type, data }) =>
    type === messageTypes.link ? (linkOf(data) ?? []) : [],
  );
  // Beyond a few they are kept in a heap, which is not read here.
  return {
    links,
    isWhole: !Number.isSafeInteger(numberAt(many, (numberAt(many, 1, 1) & 1) === 0 ? 2 : 10, 8)),
  };
}

/** Null for a link to anything but an object of this file. HDF5 File Format Specification, IV.A.2.g */
function linkOf(data: Buffer): TornLink | null {
  const flags = numberAt(data, 1, 1);
  const isHard = (flags & 8) === 0 || numberAt(data, 2, 1) === 0;
  const at = 2 + (flags & 8 ? 1 : 0) + (flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0);
  const width = 2 ** (flags & 3);
  const [start, length] = [at + width, numberAt(data, at, width)];
  const address = numberAt(data, start + length, 8);
  if (!isHard || !Number.isSafeInteger(address)) return null;
  return { name: data.toString('utf8', start, start + length), address };
}

const [treeHead, heapHead, nodeHead, entryLength] = [24, 32, 8, 40];
/** An entry of a link, which is not followed. */
const toElsewhere = 2;

/** The older way: a tree of nodes, whose names are in a heap. III.A, III.B and III.D */
async function listTable(file: TornFile, tree: number, heap: number): Promise<TornGroup> {
  const names = await readHeap(file, heap);
  const group: TornGroup = { links: [], isWhole: names !== null };
  const due = [tree];
  for (let address = due.pop(); address !== undefined; address = due.pop()) {
    const node = await readNode(file, address, names ?? Buffer.alloc(0));
    for (const child of node.children) due.push(child);
    for (const link of node.links) group.links.push(link);
    group.isWhole &&= node.isWhole;
  }
  return group;
}

type Node = TornGroup & { children: readonly number[] };

async function readNode(file: TornFile, address: number, names: Buffer): Promise<Node> {
  const head = await file.read(address, nodeHead);
  if (isMarked(head, 'TREE')) return { links: [], isWhole: true, children: await childrenOf(file, address) };
  if (isMarked(head, 'SNOD')) return { ...(await linksOf(file, address, names)), children: [] };
  return { links: [], isWhole: false, children: [] };
}

/** As much of its names as is there; null where nothing is. */
async function readHeap(file: TornFile, address: number): Promise<Buffer | null> {
  const head = await file.read(address, heapHead);
  if (!isMarked(head, 'HEAP')) return null;
  return file.readSome(numberAt(head, 24, 8), numberAt(head, 8, 8));
}

/** Between keys of eight bytes; those first that come first are taken last. */
async function childrenOf(file: TornFile, address: number): Promise<number[]> {
  const head = await file.readSome(address, treeHead);
  const count = numberAt(head, 6, 2);
  const pairs = await file.readSome(address + treeHead, 16 * count + 8);
  return Array.from({ length: count }, (_, index) => numberAt(pairs, 16 * index + 8, 8)).reverse();
}

async function linksOf(file: TornFile, address: number, names: Buffer): Promise<TornGroup> {
  const head = await file.readSome(address, nodeHead);
  const count = numberAt(head, 6, 2);
  const entries = await file.readSome(address + nodeHead, entryLength * count);
  const places = Array.from({ length: count }, (_, index) => entryLength * index);
  const links = places
    .filter((at) => numberAt(entries, at + 16, 4) !== toElsewhere)
    .map((at) => ({ place: numberAt(entries, at, 8), address: numberAt(entries, at + 8, 8) }));
  const found = links.filter(({ place, address: to }) => place < names.length && Number.isSafeInteger(to));
  return {
    links: found.map(({ place, address: to }) => ({ name: nameAt(file, names, place), address: to })),
    isWhole: found.length === links.length,
  };
}

const longestName = 64 * 1024;

function nameAt(file: TornFile, names: Buffer, place: number): string {
  const name = untilNul(names.subarray(place, place + longestName));
  file.spend(name.length);
  return name;
}
