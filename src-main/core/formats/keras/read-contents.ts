import { type Json, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import type { Contents, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { checkHdf5 } from '../hdf5/check-structure.ts';
import { readHdf5Tensors } from '../hdf5/read-tensors.ts';
import { longestRead, type Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { describeMember } from '../zip/describe-member.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';
import { nameClasses } from './name-classes.ts';
import { parseConfiguration } from './parse-configuration.ts';

const mostListed = 1000;
const weights = 'model.weights.h5';

/**
 * What is in a Keras archive: what it says of itself, what its configuration names, since loading it makes those, and its
 * weights, which are an HDF5 file within it.
 */
export async function readKerasMembers(
  source: Source,
  members: readonly Member[],
  format: FormatName,
  { names }: Nesting,
): Promise<Contents> {
  const problems = new Problems();
  const metadata = await problems.try(() => readJson(source, members, 'metadata.json'), 'metadata.json');
  const configuration = await problems.try(async () => {
    const read = await readJson(source, members, 'config.json');
    nameClasses(read, names);
    return read;
  }, 'config.json');
  if (configuration === null) names.miss('config.json');
  const tensors = await problems.try(() => readWeights(source, members, problems), weights);
  const entries = members.slice(0, mostListed).map(describeMember);
  return {
    ...plainContents(format, problems.sentences, entries),
    metadata,
    hyperparameters: objectOrNull(ownValue(objectOrNull(configuration), 'compile_config')),
    writtenBy: { framework: 'keras', best: null },
    tensors: tensors ?? [],
    ...describeLoading(names),
  };
}

async function readWeights(
  source: Source,
  members: readonly Member[],
  problems: Problems,
): Promise<Tensor[]> {
  const inner = await openMember(source, findMember(members, weights));
  await checkHdf5(inner, 'hdf5');
  const read = await readHdf5Tensors(inner);
  for (const problem of read.problems) problems.add(`${weights}: ${problem}`);
  return read.tensors;
}

async function readJson(source: Source, members: readonly Member[], name: string): Promise<Json> {
  const bytes = await openMember(source, findMember(members, name));
  rule(bytes.size <= longestRead, 'it is longer than is read');
  return parseConfiguration((await bytes.read(0, bytes.size)).toString('utf8'));
}

function findMember(members: readonly Member[], wanted: string): Member {
  const found = members.filter(({ name }) => name === wanted);
  const [member] = found;
  rule(member !== undefined && found.length === 1, 'there must be one of this name, and no more');
  return member;
}
