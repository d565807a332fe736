import { Budget } from '../budget.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Contents, Entry, StorageBytes, Tensor } from '../contents.ts';
import { Damage, rule } from '../damage.ts';
import type { FormatName } from '../format.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { type ReadPickle, readPickle, readRest } from '../pickle/read-pickle.ts';
import type { Value } from '../pickle/value.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { endsInside } from '../torch/ends-inside.ts';
import type { ToldAround } from '../torch/framework-notes.ts';
import { numbersToRead } from '../torch/notes-of.ts';
import { type Pickled, pickledContents } from '../torch/pickled-contents.ts';
import { readScalars } from '../torch/read-scalars.ts';
import type { Surroundings } from '../torch/surroundings.ts';
import { isStored, openMember } from '../zip/open-member.ts';
import { bytesOfPacked, type Unpacked } from '../zip/open-member-later.ts';
import type { Member } from '../zip/read-archive.ts';
import { recordedOf } from '../zip/recorded-of.ts';
import { pickleBudget, scanPickles } from './scan-pickles.ts';
import { describeStrays } from './stray-members.ts';

/** An archive that `torch.save` wrote: members by their names without the prefix they share, in lower case, as PyTorch finds them. */
export interface TorchArchive {
  source: Source;
  all: readonly Member[];
  /** Null for a name that two members have: which one counts is not clear. */
  members: ReadonlyMap<string, Member | null>;
  /** What was unpacked of it last, and what pays for that. */
  unpacked: Unpacked;
}

/** What the file around an archive knows: the names seen so far, and what its place tells of it. */
export interface Nesting {
  names: PickledNames;
  part: Tensor['part'] | null;
}

export function stripPrefix(
  source: Source,
  members: readonly Member[],
  prefix: string,
  budget = new Budget(),
): TorchArchive {
  const named = new Map<string, Member | null>();
  for (const member of members) {
    const own = member.name.startsWith(prefix) ? member.name.slice(prefix.length) : member.name;
    const name = own.toLowerCase();
    named.set(name, named.has(name) ? null : member);
  }
  return { source, all: members, members: named, unpacked: { budget } };
}

/** What the pickle `data.pkl` of an archive describes, with the members `data/KEY` as its storages. */
export async function readArchiveContents(
  archive: TorchArchive,
  format: FormatName,
  { names, part }: Nesting,
): Promise<Contents> {
  const pickle = await openNamed(archive, 'data.pkl', names.budget);
  const reader = new ByteReader(pickle, 0, pickle.size, pickleBudget);
  const read = await readPickle(reader, names);
  const problem = read.damage?.message ?? (await readRest(reader, names));
  const problems = [
    ...(problem === null ? [] : [problem]),
    ...oddities(archive),
    ...(await scanPickles(archive.source, archive.all, names, archive.members.get('data.pkl') ?? null)),
  ];
  const strays =
    read.damage || format === 'torchscript'
      ? []
      : await describeStrays(archive, read.persistent, names.budget);
  const pickled = { names, part, problems, entries: [...codeEntries(archive), ...strays] };
  return contentsOf(archive, format, pickle, read, pickled);
}

/** As {@link readArchiveContents}, of a pickle that was read already. */
export async function contentsOf(
  archive: TorchArchive,
  format: FormatName,
  pickle: Source,
  { value, damage }: ReadPickle,
  pickled: Omit<Pickled, 'root' | 'around'>,
): Promise<Contents> {
  const around = await surroundingsIn(archive, pickle);
  const told = await toldAround(archive, value, around);
  return pickledContents(format, { ...pickled, root: value, damage, around, told });
}

/** Members `data/KEY` are the storages of a pickle. */
export async function surroundingsIn(archive: TorchArchive, pickle: Source): Promise<Surroundings> {
  const byteOrder = await readByteOrder(archive);
  return { source: pickle, findStorage: (key) => findIn(archive, `data/${key}`, byteOrder) };
}

/** What the pickle of an archive does not hold of what it says. */
export async function toldAround(
  { source }: TorchArchive,
  root: Value,
  around: Surroundings,
): Promise<ToldAround> {
  return { name: source.name, scalars: await readScalars(numbersToRead(root), around) };
}

/** Where the bytes of a storage are, or a few words on why they are not to be had. @param name of its member, without the prefix */
export function findIn(
  archive: TorchArchive,
  name: string,
  byteOrder: 'little' | 'big',
): StorageBytes | string {
  const member = archive.members.get(name.toLowerCase());
  if (member === null) return 'two members of the archive have the name of its storage';
  if (member === undefined) return 'its storage is not in the file';
  if (!isStored(member)) return packedStorage(archive, member, byteOrder);
  if (member.size > member.compressedSize) return endsInside(member.compressedSize, member.size);
  const { dataOffset: start, compressedSize: length } = member;
  return { source: archive.source, start, length, byteOrder, recorded: recordedOf(member, start) };
}

/** PyTorch never packs one, and takes those that something else packed. */
function packedStorage(
  { source, unpacked }: TorchArchive,
  member: Member,
  byteOrder: 'little' | 'big',
): StorageBytes | string {
  try {
    return { ...bytesOfPacked({ source, member }, unpacked), start: 0, length: member.size, byteOrder };
  } catch (error) {
    if (error instanceof Damage) return error.message;
    throw error;
  }
}

export async function openNamed(
  { source, members }: TorchArchive,
  name: string,
  budget?: Budget,
): Promise<Source> {
  const member = members.get(name);
  rule(member !== null, `${name}: two members have this name, and which one counts is not clear`);
  rule(member !== undefined, `${name} is missing from the archive`);
  return openMember(source, member, budget);
}

/** PyTorch 2.1 and later say it; everything before wrote the order of its machine, little-endian for practical purposes. */
export async function readByteOrder(archive: TorchArchive): Promise<'little' | 'big'> {
  const member = archive.members.get('byteorder');
  if (!member || !isStored(member)) return 'little';
  const bytes = await archive.source.read(member.dataOffset, Math.min(16, member.compressedSize));
  return bytes.toString('latin1').trim() === 'big' ? 'big' : 'little';
}

/** What PyTorch does not mind, and a reader of archives may stumble over: so that it sees less than is loaded. */
function oddities({ members }: TorchArchive): string[] {
  let [twice, encrypted] = [0, 0];
  for (const member of members.values()) {
    if (member === null) twice += 1;
    else if (member.isEncrypted) encrypted += 1;
  }
  return [
    ...(twice > 0 ? [`${formatCount(twice)} names of the archive are those of two members`] : []),
    ...(encrypted > 0 ? [`${formatCount(encrypted)} members are marked as encrypted`] : []),
  ];
}

/** TorchScript carries the program itself. */
function codeEntries({ members }: TorchArchive): Entry[] {
  let files = 0;
  for (const name of members.keys()) if (name.startsWith('code/')) files += 1;
  return files === 0 ? [] : [{ key: 'code', type: 'TorchScript', summary: `${formatCount(files)} files` }];
}
