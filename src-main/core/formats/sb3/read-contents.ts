import { ownValue } from '../../../../shared/model/json.ts';
import type { Contents, Entry, Notes } from '../contents.ts';
import { noNotes } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { describeMember } from '../zip/describe-member.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';
import { type AlgorithmData, readData } from './read-data.ts';
import { readTorchMember } from './read-torch-member.ts';
import { readVersion, versionMember } from './read-version.ts';

/** An algorithm has some five. */
const mostMembers = 100;

/** What is in a zip of stable-baselines3: its `data`, and the torch files that are its other members. */
export async function readStableBaselines(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  nesting: Nesting,
): Promise<Contents> {
  const { names } = nesting;
  const torchMembers = members.filter(({ name }) => name.endsWith('.pth'));
  const problems = new Problems();
  findUnread(members, torchMembers.length, problems);
  for (const problem of problems.sentences) names.miss(problem);
  const parts: Contents[] = [];
  for (const member of torchMembers.slice(0, mostMembers)) {
    const read = async () => readTorchMember(await openMember(source, member, names.budget), nesting);
    const part = await noteDamage(member, read, { problems, names });
    if (part) parts.push(part);
  }
  const member = members.find(({ name }) => name === 'data');
  const read = async (found: Member) => readData(await openMember(source, found, names.budget), names);
  const data = member && (await noteDamage(member, () => read(member), { problems, names }));
  const version = await readVersion(source, members);
  const { entries, problems: ofData } = data ?? { entries: [], problems: [] };
  return {
    format,
    ...(data ? notesOf(data, version) : noNotes),
    entries: [...describeMembers(members, version), ...entries],
    tensors: parts.flatMap(({ tensors }) => tensors),
    optimizers: parts.flatMap(({ optimizers }) => optimizers),
    pickled: null,
    stopped: [...parts, problems].find(({ stopped }) => stopped)?.stopped,
    ...describeLoading(names),
    problems: [...problems.sentences, ...parts.flatMap((part) => part.problems), ...ofData],
  };
}

/** Of two members with one name, which one counts is not clear. */
function findUnread(members: readonly Member[], torchMembers: number, problems: Problems): void {
  const seen = new Set<string>();
  const twice = members.find(({ name }) => seen.size === seen.add(name).size);
  if (torchMembers > mostMembers) problems.addLimit('it has more members than are looked into');
  if (twice) problems.add(`${plainName(twice.name)}: two members have this name`);
}

/** The members, and of the one that is there for that, what it says: the version of the writer. */
function describeMembers(members: readonly Member[], version: string | null): Entry[] {
  return members.slice(0, mostMembers).map((member) => {
    const entry = describeMember(member);
    return entry.key === versionMember && version !== null ? { ...entry, summary: version } : entry;
  });
}

/** A member that is damaged costs what is in it, no more; it counts as not read. */
async function noteDamage<T>(
  { name }: Member,
  read: () => Promise<T>,
  { problems, names }: { problems: Problems; names: PickledNames },
): Promise<T | null> {
  const found = await problems.try(read, plainName(name));
  if (found === null) names.miss(plainName(name));
  return found;
}

const counters = [
  'num_timesteps',
  '_total_timesteps',
  '_num_timesteps_at_start',
  '_n_updates',
  '_episode_num',
  '_current_progress_remaining',
];

/** What an algorithm says of itself. @param version of the writer */
export function notesOf({ values }: AlgorithmData, version: string | null): Notes {
  const found = counters.flatMap((key) => {
    const value = ownValue(values, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const writtenBy = { framework: 'stable-baselines3', version, best: null } as const;
  return { ...noNotes, trainingState: Object.fromEntries(found), metadata: values, writtenBy };
}
