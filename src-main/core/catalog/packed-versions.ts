import { integrityStates } from '../../../shared/model/integrity.ts';
import { MetricPacker, MetricUnpacker, type PackedMetrics } from '../../../shared/model/metric-values.ts';
import { metadataSources, versionKinds } from '../../../shared/model/version.ts';
import type { ListedVersion } from './listed-version.ts';

/**
 * Listed versions, either all with their text or none, on their way between threads: an array of numbers, a row for each version, their metrics, and two long
 * strings. They cross many times faster than a hundred thousand objects.
 */
export interface PackedVersions {
  numbers: Float64Array<ArrayBuffer>;
  metrics: PackedMetrics;
  /** Id, checksum, detail, timestamp, tags, problems, symbol and notes of each version; what it lacks is empty. */
  words: string;
  /** As a string, or as UTF-8, which crosses without being copied. Null where the versions have none. */
  texts: string | Uint8Array<ArrayBuffer> | null;
}

/** Stands in no file's name, and in JSON only escaped. */
const separator = '\0';
const decoder = new TextDecoder();
const columns = 20;
const wordsPerVersion = 8;
const noIdentity = { dev: 0, ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0 };

export function packVersions(versions: readonly ListedVersion[]): PackedVersions {
  const numbers = new Float64Array(versions.length * columns);
  const metrics = new MetricPacker();
  const words: string[] = [];
  const texts: string[] = [];
  for (const [index, version] of versions.entries()) {
    writeRow(numbers, index * columns, version, metrics.add(version.metrics));
    pushWords(words, version);
    if (version.text !== null) texts.push(version.text);
  }
  return {
    numbers,
    metrics: metrics.take(),
    words: words.join(separator),
    texts: texts.length < versions.length ? null : texts.join(separator),
  };
}

function pushWords(words: string[], version: ListedVersion): void {
  const { id, checksum, detail, timestamp, tags, problems, symbol, notes } = version;
  words.push(id, checksum ?? '', detail ?? '', timestamp ?? '', listWord(tags), listWord(problems));
  words.push(symbol ?? '', notes ?? '');
}

export function unpackVersions({ numbers, metrics, words, texts }: PackedVersions): ListedVersion[] {
  if (numbers.length === 0) return [];
  const word = words.split(separator);
  const text = (typeof texts === 'string' ? texts : texts && decoder.decode(texts))?.split(separator);
  const unpacker = new MetricUnpacker(metrics);
  return Array.from({ length: numbers.length / columns }, (_, index) =>
    versionOf(numbers, index * columns, word, index * wordsPerVersion, text?.[index] ?? null, unpacker),
  );
}

/** The ids of packed versions; null when their numbers and words are not as many as they should be. */
export function idsOf({ numbers, words }: PackedVersions): string[] | null {
  const word = words.split(separator);
  if (word.length * columns !== numbers.length * wordsPerVersion) return null;
  return word.filter((_word, index) => index % wordsPerVersion === 0);
}

/** Absent is told by flags: every number, NaN too, may stand for itself. Written in place: most of the cost is garbage. */
function writeRow(numbers: Float64Array, row: number, version: ListedVersion, shape: number): void {
  const { dev, ino, size, mtimeMs, ctimeMs } = version.identity ?? noIdentity;
  numbers[row] = flagsOf(version);
  numbers[row + 1] = versionKinds.indexOf(version.kind);
  numbers[row + 2] = integrityStates.indexOf(version.state);
  numbers[row + 3] = version.number ?? 0;
  numbers[row + 4] = version.value ?? 0;
  numbers[row + 5] = version.time?.milliseconds ?? 0;
  numbers[row + 6] = version.recordedSize ?? 0;
  numbers[row + 7] = version.modifiedAt;
  numbers[row + 8] = version.size;
  numbers[row + 9] = dev;
  numbers[row + 10] = ino;
  numbers[row + 11] = size;
  numbers[row + 12] = mtimeMs;
  numbers[row + 13] = ctimeMs;
  numbers[row + 14] = version.step ?? 0;
  numbers[row + 15] = version.episode ?? 0;
  numbers[row + 16] = version.reward ?? 0;
  numbers[row + 17] = metadataSources.indexOf(version.source);
  numbers[row + 18] = version.backups;
  numbers[row + 19] = shape;
}

function flagsOf(version: ListedVersion): number {
  const { number, value, time, recordedSize, identity, step, episode, reward } = version;
  return (
    Number(number !== null) |
    (Number(value !== null) << 1) |
    (Number(time !== null) << 2) |
    (Number(time?.zoned === true) << 3) |
    (Number(recordedSize !== null) << 4) |
    (Number(identity !== null) << 5) |
    (Number(step !== null) << 6) |
    (Number(episode !== null) << 7) |
    (Number(reward !== null) << 8)
  );
}

function versionOf(
  numbers: Float64Array,
  row: number,
  words: readonly string[],
  word: number,
  text: string | null,
  metrics: MetricUnpacker,
): ListedVersion {
  const at = (column: number) => numbers[row + column] as number;
  const flags = at(0);
  const has = (bit: number) => (flags & (1 << bit)) !== 0;
  const optional = (bit: number, column: number) => (has(bit) ? at(column) : null);
  return {
    id: words[word] as string,
    kind: versionKinds[at(1)] as ListedVersion['kind'],
    number: optional(0, 3),
    value: optional(1, 4),
    state: integrityStates[at(2)] as ListedVersion['state'],
    time: has(2) ? { milliseconds: at(5), zoned: has(3) } : null,
    modifiedAt: at(7),
    identity: has(5) ? { dev: at(9), ino: at(10), size: at(11), mtimeMs: at(12), ctimeMs: at(13) } : null,
    checksum: words[word + 1] || null,
    size: at(8),
    recordedSize: optional(4, 6),
    detail: words[word + 2] || null,
    timestamp: words[word + 3] || null,
    step: optional(6, 14),
    episode: optional(7, 15),
    reward: optional(8, 16),
    metrics: metrics.next(at(19)),
    symbol: words[word + 6] || null,
    tags: listOf(words[word + 4]),
    notes: words[word + 7] || null,
    problems: listOf(words[word + 5]),
    source: metadataSources[at(17)] as ListedVersion['source'],
    backups: at(18),
    text,
  };
}

const nothing: readonly string[] = [];

function listWord(list: readonly string[]): string {
  return list.length === 0 ? '' : JSON.stringify(list);
}

function listOf(word: string | undefined): readonly string[] {
  return word ? (JSON.parse(word) as string[]) : nothing;
}
