import { objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import type { Contents } from '../contents.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { checkHdf5, EndMissing } from '../hdf5/check-structure.ts';
import { type Hdf5Tensors, readHdf5Tensors } from '../hdf5/read-tensors.ts';
import { readTornHdf5 } from '../hdf5/recover-tensors.ts';
import type { Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import type { Nesting } from '../torch-zip/read-archive-contents.ts';
import { describeMember } from '../zip/describe-member.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';
import { nameClasses } from './name-classes.ts';
import { findMember, readJsonMember } from './read-json-member.ts';
import { savedAt } from './saved-at.ts';
import { versionIn, writtenByKeras } from './written-by-keras.ts';

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
  const metadata = await problems.try(
    () => readJsonMember(source, members, 'metadata.json'),
    'metadata.json',
  );
  const configuration = await problems.try(async () => {
    const read = await readJsonMember(source, members, 'config.json');
    nameClasses(read, names);
    return read;
  }, 'config.json');
  if (configuration === null) names.miss('config.json');
  const read = await problems.try(() => readWeights(source, members, problems), weights);
  const entries = members.slice(0, mostListed).map(describeMember);
  return {
    ...plainContents(format, problems.sentences, entries),
    metadata,
    timestamp: savedAt(metadata),
    hyperparameters: objectOrNull(ownValue(objectOrNull(configuration), 'compile_config')),
    writtenBy: writtenByKeras(versionIn(metadata)),
    tensors: read?.tensors ?? [],
    stopped: read?.stopped ?? problems.stopped,
    ...describeLoading(names),
  };
}

/** Of a torn one, what is left. */
async function readHdf5(inner: Source): Promise<Hdf5Tensors> {
  try {
    await checkHdf5(inner, 'hdf5');
  } catch (error) {
    if (error instanceof EndMissing) return readTornHdf5(inner, error);
    throw error;
  }
  return readHdf5Tensors(inner);
}

async function readWeights(
  source: Source,
  members: readonly Member[],
  problems: Problems,
): Promise<Hdf5Tensors> {
  const inner = await openMember(source, findMember(members, weights));
  const read = await readHdf5(inner);
  for (const problem of read.problems) problems.add(`${weights}: ${problem}`);
  return read;
}
