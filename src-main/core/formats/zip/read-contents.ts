import type { Contents } from '../contents.ts';
import { Damage, limitIn } from '../damage.ts';
import { emptyContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { readKerasMembers } from '../keras/read-contents.ts';
import { readNpzMembers } from '../npy/read-npz-members.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { readStableBaselines } from '../sb3/read-contents.ts';
import type { Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { readTorchMembers } from '../torch-zip/read-contents.ts';
import { recoverContents } from '../torch-zip/recover-contents.ts';
import { scanPickles } from '../torch-zip/scan-pickles.ts';
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
  const nesting: Nesting = { names: new PickledNames(), part: null };
  const problems: string[] = [];
  const members = await findMembers(source, problems, nesting.names);
  if (members instanceof Damage) {
    const recovered = await recoverContents(source, members, nesting);
    const left = recovered ?? (await readTorn(source, recognised, members, nesting));
    return { ...left, stopped: left.stopped ?? limitIn(members) };
  }
  const kind = members.length === 0 ? recognised : zipKind(new Set(members.map(({ name }) => name))).name;
  const contents = await readKind(source, members, kind, nesting);
  return { ...contents, problems: [...problems, ...contents.problems] };
}

/** Of a kind whose members cannot be read, the names that were found on the way are kept. */
async function readKind(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  nesting: Nesting,
): Promise<Contents> {
  try {
    return await (readers.get(format) ?? listMembers)(source, members, format, nesting);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    nesting.names.miss(error.message);
    await scanPickles(source, members, nesting.names, null);
    const { message } = error;
    return {
      ...emptyContents(format, [message]),
      ...describeLoading(nesting.names),
      stopped: limitIn(error),
    };
  }
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
  nesting.names.miss(damage.message);
  const contents = await readKind(source, members, isWithout ? 'zip' : kind, nesting);
  return { ...contents, format: kind, problems: [damage.message, ...contents.problems] };
}

const readers: ReadonlyMap<FormatName, ReadMembers> = new Map<FormatName, ReadMembers>([
  ['torch-zip', readTorchMembers],
  ['torchscript', readTorchMembers],
  ['sb3', readStableBaselines],
  ['npz', readNpzMembers],
  ['keras', readKerasMembers],
]);

const mostListed = 1000;

/** An archive that is looked into no further. */
async function listMembers(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  { names }: Nesting,
): Promise<Contents> {
  const problem = 'an archive, and no checkpoint of a kind that is known';
  const listed = members.slice(0, mostListed);
  await scanPickles(source, members, names, null);
  if (members.length > 0) names.miss('what is in its members');
  return { ...emptyContents(format, [problem], listed.map(describeMember)), ...describeLoading(names) };
}
