import { ByteReader } from './byte-reader.ts';
import type { Contents } from './contents.ts';
import { Damage, limitIn } from './damage.ts';
import { describeUnrecognised } from './describe-unrecognised.ts';
import { emptyContents, plainContents } from './empty-contents.ts';
import type { Format, FormatName, Head } from './format.ts';
import { packedWords } from './gzip/packed-words.ts';
import { PickledNames } from './pickle/pickled-names.ts';
import { readRest } from './pickle/read-pickle.ts';
import { readHead } from './read-head.ts';
import { detectFormat } from './registry.ts';
import type { Source } from './source.ts';
import { describeLoading } from './torch/classify-global.ts';
import { isTar } from './torch-tar/recognise.ts';
import { endsAsArchive } from './zip/end-record.ts';

/**
 * What is in a checkpoint: names, shapes and plain data, by reading a small part of it and executing nothing. Only I/O
 * errors are thrown; whatever is wrong with the bytes is said among the problems, and what could not be read of them does
 * not count as harmless.
 */
export async function readContents(source: Source): Promise<Contents> {
  const head = await readHead(source);
  const found = await readByFormat(source, head);
  const contents = isPlain.has(found.format) ? await takeForPickle(source, head, found) : found;
  const mayHide =
    isPickle.has(contents.format) || (isOther.has(contents.format) && contents.problems.length > 0);
  const hidden = mayHide && (await endsAsArchive(source)) ? ['an archive behind its first bytes'] : [];
  return withHidden(contents, isTar(head) ? [tar, ...hidden] : hidden);
}

/** Before anything else PyTorch takes a file for a tar. torch/serialization.py, `_legacy_load` */
const tar = 'what is in this tar';

/** What another reader, or another version of the same, would find in the file: loading it may be any of these. */
function withHidden(contents: Contents, hidden: readonly string[]): Contents {
  if (hidden.length === 0) return contents;
  const isBoth = isPickle.has(contents.format) && hidden.includes(tar);
  return {
    ...contents,
    unread: [...contents.unread, ...hidden],
    trust: 'runs-code',
    problems: isBoth ? [...contents.problems, 'it is a tar too, which is not read'] : contents.problems,
  };
}

async function readByFormat(source: Source, head: Head): Promise<Contents> {
  const detected = detectFormat(head);
  if (!detected) {
    const { format, detail } = describeUnrecognised(head);
    return plainContents(format, [detail ?? 'not a checkpoint']);
  }
  const { format, recognised } = detected;
  try {
    return format.readContents
      ? await format.readContents(source, recognised)
      : await sayWhatItIs(source, format, recognised);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    const told = (isPlain.has(recognised) ? plainContents : emptyContents)(recognised, [error.message]);
    return { ...told, stopped: limitIn(error) };
  }
}

/** These have no place for code; but whatever is no archive, PyTorch takes for a pickle. */
const isPlain: ReadonlySet<FormatName> = new Set<FormatName>([
  'safetensors',
  'gguf',
  'onnx',
  'flax-msgpack',
  'tf-index',
  'orbax',
  'mlflow-model',
  'empty',
  'unknown',
]);

/** What is loaded by other means than an archive, but may end as one. */
const isPickle: ReadonlySet<FormatName> = new Set(['pickle', 'torch-legacy', 'dcp']);
const isOther: ReadonlySet<FormatName> = new Set([...isPlain, 'npy', 'hdf5']);

/** How much is read of what is no pickle by its looks, in bytes. */
const pickleBudget = 1024 * 1024;

/** `P`, a reference to what is elsewhere, by a text: no loader of files takes one, PyTorch asks for a tuple. */
const persistentText = 0x50;

/**
 * How a map of two to four items begins in msgpack; in a pickle, a name that a program has a number for. No program has numbers for any
 * but those that load it say so, and none is known that does.
 */
const extensionCodes = new Set([0x82, 0x83, 0x84]);

/** Whether no loader goes beyond the first byte, taken for that of a pickle. */
function endsAtOnce({ bytes: [first = 0] }: Head, { format, problems }: Contents): boolean {
  if (first === persistentText) return true;
  return format === 'flax-msgpack' && problems.length === 0 && extensionCodes.has(first);
}

/** What the bytes name where they are carried out as a pickle, up to where they turn out to be none. */
async function takeForPickle(source: Source, head: Head, contents: Contents): Promise<Contents> {
  const names = new PickledNames();
  if (!endsAtOnce(head, contents))
    await readRest(new ByteReader(source, 0, source.size, pickleBudget), names);
  return { ...contents, ...describeLoading(names) };
}

const explanations: ReadonlyMap<FormatName, string> = new Map<FormatName, string>([
  ['torch-tar', 'a tar as PyTorch wrote before 0.1.10, which is not read: load it and save it anew'],
  ['gzip', `${packedWords} to look inside`],
  [
    'saved-model',
    'the graph of a TensorFlow SavedModel, which is not read: its values are in the folder variables beside it',
  ],
]);

/** Of a format that is recognised, and is not looked into. */
async function sayWhatItIs(source: Source, format: Format, recognised: FormatName): Promise<Contents> {
  const { format: name, state, detail } = await format.checkStructure(source, recognised);
  const explanation = explanations.get(name) ?? `a file of the format ${name}, which is not read`;
  return emptyContents(name, [state === 'torn' && detail !== null ? detail : explanation]);
}
