import { compareNatural } from '../../../../shared/query/compare-natural.ts';
import type { Entry, StorageBytes, Tensor } from '../contents.ts';
import { Problems } from '../gather-problems.ts';
import { partOfName } from '../part-of-name.ts';
import { formatCount, plainName, plural } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { endsInside } from '../torch/ends-inside.ts';
import type { EndMissing } from './check-structure.ts';
import type { Hdf5Tensors } from './read-tensors.ts';
import { TornFile } from './torn-file.ts';
import { listLinks, type TornLink } from './torn-groups.ts';
import { describeDataset, readMessages, type TornDataset } from './torn-headers.ts';

const most = { depth: 24, named: 5 };

interface Left {
  tensors: Tensor[];
  /** What stands at the top, and how many datasets are in each group there; null for what is one itself. */
  top: Map<string, number | null>;
  /** Names of what is not there. */
  lost: string[];
  isEveryNameThere: boolean;
}

interface Walk {
  file: TornFile;
  source: Source;
  left: Left;
  problems: Problems;
  seen: Set<number>;
}

/** An object by the names that lead to it. */
interface Place {
  names: readonly string[];
  address: number;
}

/**
 * What is left of a file whose end is missing: the datasets whose description is there, each with its elements where all of them are,
 * and lie in the file as they are. Links are not followed.
 */
export async function readTornHdf5(source: Source, { message }: EndMissing): Promise<Hdf5Tensors> {
  const left: Left = { tensors: [], top: new Map(), lost: [], isEveryNameThere: true };
  const problems = new Problems();
  const file = await TornFile.open(source);
  if (file) {
    const walk: Walk = { file, source, left, problems, seen: new Set() };
    await problems.try(() => walkFrom(walk, { names: [], address: file.root }));
  }
  return {
    tensors: left.tensors,
    entries: [...left.top].map(describeTop),
    attributes: new Map(),
    problems: [message, ...describeLeft(left), ...problems.sentences],
  };
}

async function walkFrom(walk: Walk, top: Place): Promise<void> {
  const due = [top];
  for (let place = due.pop(); place; place = due.pop()) {
    for (const inside of (await lookAt(walk, place)).reverse()) due.push(inside);
  }
}

/** What is inside it, where it is a group that was not seen before. */
async function lookAt(walk: Walk, place: Place): Promise<Place[]> {
  const { file, left, seen } = walk;
  const messages = await readMessages(file, place.address);
  if (!messages) return lose(left, place);
  const dataset = describeDataset(messages);
  if (dataset) return addDataset(walk, place, dataset);
  if (seen.has(place.address) || place.names.length >= most.depth) return [];
  seen.add(place.address);
  const { links, isWhole } = (await listLinks(file, messages)) ?? { links: [], isWhole: true };
  left.isEveryNameThere &&= isWhole;
  return links.sort(byName).map(({ name, address }) => ({ names: [...place.names, name], address }));
}

/** What it stood for is not there. */
function lose(left: Left, { names }: Place): [] {
  left.isEveryNameThere = false;
  if (names.length > 0) left.lost.push(names.join('.'));
  return [];
}

function addDataset({ file, source, left, problems }: Walk, place: Place, dataset: TornDataset): [] {
  const [top = '', ...more] = place.names;
  left.top.set(top, more.length === 0 ? null : 1 + (left.top.get(top) ?? 0));
  left.tensors.push(toTensor({ file, source, problems }, place, dataset));
  return [];
}

const byName = (a: TornLink, b: TornLink): number => compareNatural(a.name, b.name);

function toTensor(
  { file, source, problems }: Pick<Walk, 'file' | 'source' | 'problems'>,
  { names, address }: Place,
  { dtype, shape, itemSize, isLittle, address: elements }: TornDataset,
): Tensor {
  const name = names.join('.');
  file.spend(name.length);
  const length = shape.reduce((product, side) => product * side, itemSize);
  const bytes = Number.isSafeInteger(length) ? length : 0;
  const start = elements !== null && bytes > 0 ? file.startOf(elements) : null;
  const part = partOfName(name);
  const tensor = { name, dtype, shape, stride: null, offset: null, bytes, storage: String(address), part };
  if (start === null) return { ...tensor, data: null };
  const there = Math.max(0, source.size - start);
  if (there < bytes) problems.add(`${plainName(name)}: ${endsInside(there, bytes)}`);
  const place: StorageBytes = { source, start, length: bytes, byteOrder: isLittle ? 'little' : 'big' };
  return { ...tensor, data: there < bytes ? null : place };
}

function describeLeft({ tensors, lost, isEveryNameThere }: Left): string[] {
  const held = tensors.filter(({ data, bytes }) => data !== null || bytes === 0).length;
  const more = lost.length > most.named ? ', …' : '';
  return [
    tensors.length === 0
      ? 'no dataset is described before its end'
      : `${plural(tensors.length, 'dataset is', 'datasets are')} described before its end; the elements of ${formatCount(held)} are there`,
    ...(lost.length > 0
      ? [
          `what ${plural(lost.length, 'more name')} stood for is not there: ${lost.slice(0, most.named).map(plainName).join(', ')}${more}`,
        ]
      : []),
    ...(isEveryNameThere ? [] : ['how many more it had is not known']),
  ];
}

function describeTop([key, count]: [string, number | null]): Entry {
  return count === null
    ? { key, type: 'dataset', summary: '' }
    : { key, type: 'group', summary: plural(count, 'dataset') };
}
