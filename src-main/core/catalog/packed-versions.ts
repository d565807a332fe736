import { integrityStates } from '../../../shared/model/integrity.ts';
import { MetricPacker, type PackedMetrics } from '../../../shared/model/metric-values.ts';
import { NumberList } from '../../../shared/model/number-list.ts';
import { metadataSources, versionKinds } from '../../../shared/model/version.ts';
import { companionKinds } from './layouts/known-layouts.ts';
import type { ListedVersion } from './listed-version.ts';
import { TextList } from './text-list.ts';

/**
 * Listed versions, either all with their text or none, on their way between threads: an array of numbers, a row for each version, their metrics, and a few long
 * strings. They cross many times faster than a hundred thousand objects.
 */
export interface PackedVersions {
  numbers: Float64Array<ArrayBuffer>;
  metrics: PackedMetrics;
  ids: string;
  /** Apart from other words: of a version that is only printed nothing else is asked. */
  checksums: string;
  /** Detail, timestamp, tags, problems, symbol and notes of each version; what it lacks is empty. */
  words: string;
  /** As UTF-8, which is handed to another thread, and written to a file, without being copied again. Null where the versions have none. */
  texts: Uint8Array<ArrayBuffer> | null;
}

/** Stands in no file's name. */
export const separator = '\0';
/** How many numbers a version has, and which of them is which; `metricsAt` is the place of its first metric among those of all, `fault` which of its problems that is, from 1 on. */
export const columns = 24;
export const column = {
  ...{ flags: 0, kind: 1, state: 2, number: 3, value: 4, time: 5, recordedSize: 6, modifiedAt: 7, size: 8 },
  ...{ dev: 9, ino: 10, fileSize: 11, mtimeMs: 12, ctimeMs: 13, step: 14, episode: 15, reward: 16 },
  ...{ source: 17, backups: 18, shape: 19, metricsAt: 20, companions: 21 },
  companionState: 22,
  fault: 23,
} as const;
/** Absent is told by flags: every number, NaN too, may stand for itself. */
export const flag = {
  ...{ number: 1, value: 2, time: 4, zoned: 8, recordedSize: 16, identity: 32, step: 64, episode: 128 },
  reward: 256,
  contradicted: 512,
  detail: 1024,
} as const;
export const wordsPerVersion = 6;
export const word = {
  ...{ detail: 0, timestamp: 1, tags: 2, problems: 3, symbol: 4, notes: 5 },
} as const;
const noIdentity = { dev: 0, ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0 };

export function packVersions(versions: Iterable<ListedVersion>): PackedVersions {
  const packer = new VersionPacker();
  for (const version of versions) packer.add(version);
  return packer.take();
}

/** Packs versions as they come: objects that are kept until there are many cost more than making them. */
export class VersionPacker {
  #count = 0;
  readonly #numbers = new NumberList();
  readonly #metrics = new MetricPacker();
  #ids: string[] = [];
  #checksums: string[] = [];
  #words: string[] = [];
  readonly #texts = new TextList();

  get count(): number {
    return this.#count;
  }

  add(version: ListedVersion): void {
    const { checksum, detail, timestamp, tags, problems, symbol, notes, text } = version;
    this.#count += 1;
    const metricsAt = this.#metrics.length;
    const row = this.#numbers.extend(columns);
    writeRow(this.#numbers.values, row, version, this.#metrics.add(version.metrics), metricsAt);
    this.#ids.push(version.id);
    this.#checksums.push(checksum ?? '');
    this.#words.push(detail ?? '', timestamp ?? '', listWord(tags), listWord(problems));
    this.#words.push(symbol ?? '', notes ?? '');
    if (text !== null) this.#texts.add(text);
  }

  /** What was added since the last time. */
  take(): PackedVersions {
    const hasTexts = this.#texts.count === this.#count;
    const texts = this.#texts.take();
    const packed = {
      numbers: this.#numbers.take(),
      metrics: this.#metrics.take(),
      ids: this.#ids.join(separator),
      checksums: this.#checksums.join(separator),
      words: this.#words.join(separator),
      texts: hasTexts ? texts : null,
    };
    this.#count = 0;
    this.#ids = [];
    this.#checksums = [];
    this.#words = [];
    return packed;
  }
}

/** The ids of packed versions; null when their numbers are not as many as they should be. */
export function idsOf({ numbers, ids }: PackedVersions): string[] | null {
  if (numbers.length === 0) return ids === '' ? [] : null;
  const id = ids.split(separator);
  return id.length * columns === numbers.length ? id : null;
}

/** Written in place: most of the cost is garbage. */
function writeRow(
  numbers: Float64Array,
  row: number,
  version: ListedVersion,
  shape: number,
  metricsAt: number,
): void {
  const { dev, ino, size, mtimeMs, ctimeMs } = version.identity ?? noIdentity;
  numbers[row + column.flags] = flagsOf(version);
  numbers[row + column.kind] = versionKinds.indexOf(version.kind);
  numbers[row + column.state] = integrityStates.indexOf(version.state);
  numbers[row + column.number] = version.number ?? 0;
  numbers[row + column.value] = version.value ?? 0;
  numbers[row + column.time] = version.time?.milliseconds ?? 0;
  numbers[row + column.recordedSize] = version.recordedSize ?? 0;
  numbers[row + column.modifiedAt] = version.modifiedAt;
  numbers[row + column.size] = version.size;
  numbers[row + column.dev] = dev;
  numbers[row + column.ino] = ino;
  numbers[row + column.fileSize] = size;
  numbers[row + column.mtimeMs] = mtimeMs;
  numbers[row + column.ctimeMs] = ctimeMs;
  numbers[row + column.step] = version.step ?? 0;
  numbers[row + column.episode] = version.episode ?? 0;
  numbers[row + column.reward] = version.reward ?? 0;
  numbers[row + column.source] = metadataSources.indexOf(version.source);
  numbers[row + column.backups] = version.backups;
  numbers[row + column.shape] = shape;
  numbers[row + column.metricsAt] = metricsAt;
  numbers[row + column.companions] = companionBits(version.companions);
  numbers[row + column.companionState] = version.companionState;
  numbers[row + column.fault] = placeOfFault(version);
}

function flagsOf(version: ListedVersion): number {
  const { number, value, time, recordedSize, identity, step, episode, reward, contradicted, detail } =
    version;
  return (
    (Number(number !== null) * flag.number) |
    (Number(value !== null) * flag.value) |
    (Number(time !== null) * flag.time) |
    (Number(time?.zoned === true) * flag.zoned) |
    (Number(recordedSize !== null) * flag.recordedSize) |
    (Number(identity !== null) * flag.identity) |
    (Number(step !== null) * flag.step) |
    (Number(episode !== null) * flag.episode) |
    (Number(reward !== null) * flag.reward) |
    (Number(contradicted) * flag.contradicted) |
    (Number(detail !== null) * flag.detail)
  );
}

function placeOfFault({ fault, problems }: ListedVersion): number {
  return fault === null ? 0 : problems.indexOf(fault) + 1;
}

function companionBits(companions: ListedVersion['companions']): number {
  return companions.reduce((bits, kind) => bits | (1 << companionKinds.indexOf(kind)), 0);
}

function listWord(list: readonly string[]): string {
  return list.length === 0 ? '' : JSON.stringify(list);
}
