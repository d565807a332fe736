import type { Contents, Tensor } from '../contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { plainName } from '../plain-text.ts';
import { readAhead } from '../read-ahead.ts';
import type { Source } from '../source.ts';
import { isStored } from '../zip/open-member.ts';
import { openMemberLater, type PackedBytes, type Unpacked } from '../zip/open-member-later.ts';
import type { Member } from '../zip/read-archive.ts';
import { recordedOf } from '../zip/recorded-of.ts';
import { type Findings, readArray } from './read-array.ts';
import { contentsOfArrays } from './read-contents.ts';

const mostArrays = 20_000;

/** The arrays of an npz, each under its member's name. Packed members are unpacked as far as they are read. */
export async function readNpzMembers(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  { names: found }: { names: PickledNames } = { names: new PickledNames() },
): Promise<Contents> {
  const findings: Findings = { problems: new Problems(), names: found };
  const { problems, names } = findings;
  const tensors: Tensor[] = [];
  const unpacked: Unpacked = { budget: names.budget };
  const near = readAhead(source, members.length);
  for (const member of members.slice(0, mostArrays)) {
    const tensor = await problems.try(() =>
      readMember(openMemberLater(near, member, unpacked), { source, member }, findings),
    );
    if (tensor) tensors.push(tensor);
    else names.miss(plainName(member.name));
  }
  const more = 'it has more arrays than are looked at';
  if (members.length > mostArrays) {
    problems.addLimit(more);
    names.miss(more);
  }
  findTwins(tensors, problems);
  return contentsOfArrays(format, tensors, findings);
}

async function readMember(
  opened: Source,
  { source, member }: PackedBytes,
  { problems, names }: Findings,
): Promise<Tensor> {
  const name = member.name.replace(/\.npy$/, '');
  const own = new Problems();
  const tensor = await own.try(() => readArray(opened, name, { problems: own, names }));
  problems.addAll(own, plainName(member.name));
  if (!tensor) names.miss(plainName(member.name));
  if (!tensor?.data) return tensor ?? unreadable(name, member.size);
  const where = isStored(member) ? { recorded: recordedOf(member, 0) } : { packed: { source, member } };
  return { ...tensor, data: { ...tensor.data, ...where } };
}

function unreadable(name: string, bytes: number): Tensor {
  return {
    name,
    dtype: 'unknown',
    shape: [],
    stride: null,
    offset: null,
    bytes,
    storage: null,
    part: 'other',
    data: null,
  };
}

function findTwins(tensors: readonly Tensor[], problems: Problems): void {
  const seen = new Set<string>();
  for (const { name } of tensors) {
    if (seen.has(name))
      problems.add(`${plainName(name)}: two members have this name, and which one counts is not clear`);
    seen.add(name);
  }
}
