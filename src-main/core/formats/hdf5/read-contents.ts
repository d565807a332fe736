import { type Json, objectOrNull } from '../../../../shared/model/json.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Contents, Entry } from '../contents.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { nameClasses } from '../keras/name-classes.ts';
import { parseConfiguration } from '../keras/parse-configuration.ts';
import { writtenByKeras } from '../keras/written-by-keras.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import { readRest } from '../pickle/read-pickle.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { bufferSource, type Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import { isTar } from '../torch-tar/recognise.ts';
import { checkedEnd, EndMissing } from './check-structure.ts';
import { findSuperblock } from './find-superblock.ts';
import { type Hdf5Tensors, readHdf5Tensors } from './read-tensors.ts';
import { readTornHdf5 } from './recover-tensors.ts';

/** What Keras writes beside the top of its files as JSON. keras/src/legacy/saving/legacy_h5_format.py */
const configurations: ReadonlySet<string> = new Set(['model_config', 'training_config']);

/** The datasets of an HDF5 file and what is written beside its top; of Keras, what its configuration names, since loading it makes those. */
export async function readHdf5Contents(source: Source, recognised: FormatName): Promise<Contents> {
  const names = new PickledNames();
  const problems = new Problems();
  const read = await readAll(source, names, problems);
  const { tensors, entries, attributes, problems: found } = read;
  const told = await parseConfigurations(attributes, names, problems);
  return {
    ...plainContents(
      recognised,
      [...found, ...problems.sentences],
      [...entries, ...[...told].map(describeAttribute)],
    ),
    metadata: told.size > 0 ? Object.fromEntries(told) : null,
    hyperparameters: objectOrNull(told.get('training_config')),
    writtenBy: told.has('keras_version') ? writtenByKeras(told.get('keras_version')) : null,
    tensors,
    stopped: read.stopped ?? problems.stopped,
    ...describeLoading(names),
  };
}

/** Of a torn one, what is left. @throws Damage where it is no file that is read */
async function readAll(source: Source, names: PickledNames, problems: Problems): Promise<Hdf5Tensors> {
  try {
    await checkAround(source, names, problems);
  } catch (error) {
    if (!(error instanceof EndMissing)) throw error;
    // What is written beside its top, which may be code, is not read.
    names.miss(error.message);
    return readTornHdf5(source, error);
  }
  return readHdf5Tensors(source);
}

/**
 * Its library reads what is cut off as far as it goes, and says nothing of what is added before or behind it, where
 * what reads anything but HDF5 may find something.
 */
async function checkAround(source: Source, names: PickledNames, problems: Problems): Promise<void> {
  const start = (await findSuperblock(source)) ?? 0;
  const behind = source.size - (await checkedEnd(source, start));
  if (start > 0) await readBlock(source, start, names);
  if (behind > 0) problems.add(`${formatCount(behind)} bytes follow its end`);
}

/** The block of the user's own: whoever takes the file for something else begins there. */
async function readBlock(source: Source, length: number, names: PickledNames): Promise<void> {
  const bytes = await source.read(0, length);
  await readRest(new ByteReader(bufferSource(source.name, bytes), 0, length, length), names);
  if (isTar({ name: source.name, size: length, bytes })) names.miss('what is in a tar before its beginning');
  if (archiveMarks.some((mark) => bytes.includes(mark)))
    names.miss('what may be an archive before its beginning');
}

/** How a member of a zip begins, and what an archive ends with. */
const archiveMarks = ['PK\x03\x04', 'PK\x05\x06'];

/** What is no JSON is not told, and what loading it would make is not known. */
async function parseConfigurations(
  attributes: ReadonlyMap<string, Json>,
  names: PickledNames,
  problems: Problems,
): Promise<Map<string, Json>> {
  const told = new Map(attributes);
  for (const [key, value] of attributes) {
    if (!configurations.has(key) || typeof value !== 'string') continue;
    const parsed = await problems.try(() => {
      const configuration = parseConfiguration(value);
      nameClasses(configuration, names);
      return configuration;
    }, key);
    if (parsed === null) names.miss(key);
    told.set(key, parsed);
  }
  return told;
}

function describeAttribute([key, value]: readonly [string, Json]): Entry {
  if (Array.isArray(value)) return { key, type: 'attribute', summary: `${formatCount(value.length)} items` };
  const isObject = typeof value === 'object' && value !== null;
  return { key, type: 'attribute', summary: isObject ? 'JSON' : plainName(String(value)) };
}
