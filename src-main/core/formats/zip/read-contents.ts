import type { Contents } from '../contents.ts';
import { Damage } from '../damage.ts';
import { emptyContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { readNpzMembers } from '../npy/read-npz-members.ts';
import { readStableBaselines } from '../sb3/read-contents.ts';
import type { Source } from '../source.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { readTorchMembers } from '../torch-zip/read-contents.ts';
import { recoverContents } from '../torch-zip/recover-contents.ts';
import { describeMember } from './describe-member.ts';
import { findMembers } from './find-members.ts';
import { zipKind } from './kinds.ts';
import type { Member } from './read-archive.ts';
import { recoverMembers } from './recover-members.ts';

type ReadMembers = (
  source: Source,
  members: readonly Member[],
  format: FormatName,
  nesting: Nesting,
) => Promise<Contents>;

/** What is in an archive, by the kind of checkpoint that its members make it; of a torn one, what is left. */
export async function readZipContents(source: Source, recognised: FormatName): Promise<Contents> {
  const nesting: Nesting = { names: new Map(), part: null };
  const problems: string[] = [];
  const members = await findMembers(source, problems);
  if (members instanceof Damage) {
    const recovered = await recoverContents(source, members, nesting);
    return recovered ?? readTorn(source, recognised, members, nesting);
  }
  const kind = zipKind(new Set(members.map(({ name }) => name))).name;
  const contents = await readKind(source, members, kind, nesting);
  return { ...contents, problems: [...problems, ...contents.problems] };
}

async function readTorn(
  source: Source,
  recognised: FormatName,
  damage: Damage,
  nesting: Nesting,
): Promise<Contents> {
  const members: Member[] = [];
  for await (const member of recoverMembers(source, async () => null)) members.push(member);
  const known = zipKind(new Set(members.map(({ name }) => name)));
  const kind = recognised === 'zip' ? known.name : recognised;
  const isWithout = kind === 'torch-zip' && known.missing !== null;
  const contents = await readKind(source, members, isWithout ? 'zip' : kind, nesting);
  return { ...contents, format: kind, problems: [damage.message, ...contents.problems] };
}

function readKind(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  nesting: Nesting,
): Promise<Contents> {
  return (readers.get(format) ?? listMembers)(source, members, format, nesting);
}

const readers: ReadonlyMap<FormatName, ReadMembers> = new Map<FormatName, ReadMembers>([
  ['torch-zip', readTorchMembers],
  ['torchscript', readTorchMembers],
  ['sb3', readStableBaselines],
  ['npz', readNpzMembers],
]);

const explanations: ReadonlyMap<FormatName, string> = new Map<FormatName, string>([
  ['keras', 'a Keras archive: its weights are in HDF5, which is not read'],
]);

const mostListed = 1000;

/** An archive that is looked into no further. */
async function listMembers(_: Source, members: readonly Member[], format: FormatName): Promise<Contents> {
  const problem = explanations.get(format) ?? 'an archive, and no checkpoint of a kind that is known';
  const listed = members.slice(0, mostListed);
  return emptyContents(format, [problem], listed.map(describeMember));
}
