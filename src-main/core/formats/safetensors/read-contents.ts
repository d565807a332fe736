import type { Json, JsonObject } from '../../../../shared/model/json.ts';
import { parseJsonExactly } from '../../catalog/parse-json.ts';
import { ModelValidationError } from '../../errors.ts';
import type { Contents, Entry, Notes, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { noNotes, plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { partOfName } from '../part-of-name.ts';
import { plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { dtypeName } from './dtypes.ts';
import { checkTiling, type Header, readEntry, readHeader, type TensorRange } from './read-header.ts';

/** The tensors that the header lists, and the notes beside them; of a file that is cut off, those that are still there. */
export async function readSafetensorsContents(source: Source, recognised: FormatName): Promise<Contents> {
  const header = await readHeader(source);
  const problems = new Problems();
  if (header.hasMoreNotes) problems.addLimit('it has more notes (__metadata__) than are looked at');
  const ranges: TensorRange[] = [];
  for (const [name, entry] of header.entries) {
    const range = await problems.try(() => readShownEntry(name, entry));
    if (range) ranges.push(range);
  }
  if (ranges.length === header.entries.length) {
    await problems.try(() => checkTiling(source, header.dataStart, ranges));
  }
  return {
    ...plainContents(recognised, problems.sentences, [...header.notes].map(describeNote)),
    ...notesIn(header),
    stopped: problems.stopped,
    tensors: ranges.map((range) => toTensor(source, header, range)),
  };
}

function readShownEntry(name: string, entry: unknown): TensorRange {
  const range = readEntry(name, entry);
  const isShown = range.shape.length <= mostDimensions;
  rule(isShown, () => `tensor ${plainName(name)} has more dimensions than there can be`);
  return range;
}

function toTensor(
  source: Source,
  { dataStart }: Header,
  { name, dtype, shape, begin, end }: TensorRange,
): Tensor {
  const isThere = dataStart + end <= source.size;
  return {
    name,
    dtype: dtypeName(dtype),
    shape,
    stride: null,
    offset: null,
    bytes: end - begin,
    storage: null,
    part: partOfName(name),
    data: isThere ? { source, start: dataStart + begin, length: end - begin, byteOrder: 'little' } : null,
  };
}

function describeNote([key, value]: [string, string]): Entry {
  return { key, type: 'text', summary: plainName(value) };
}

/** What `cairn convert` puts there as JSON; the notes themselves where the writer was another. */
export function notesIn({ notes }: Pick<Header, 'notes'>): Notes {
  const known = ['checkpoint_version', 'training_state', 'metadata'];
  const [checkpointVersion, trainingState, metadata] = known.map((key) => parseNote(notes.get(key)));
  const rest = [...notes].filter(([key]) => !known.includes(key));
  return {
    ...noNotes,
    checkpointVersion: checkpointVersion ?? null,
    trainingState: trainingState ?? null,
    metadata: metadata ?? (rest.length > 0 ? toObject(rest) : null),
  };
}

/** The value of a JSON text; the text itself where it is none. */
export function parseNote(text: string | undefined): Json {
  if (text === undefined) return null;
  try {
    return parseJsonExactly(text);
  } catch (error) {
    if (!(error instanceof ModelValidationError)) throw error;
    return text;
  }
}

/** Keys are the file's: `Object.fromEntries` defines them, so that none reaches a prototype. */
const toObject = (notes: readonly [string, string][]): JsonObject => Object.fromEntries(notes);
