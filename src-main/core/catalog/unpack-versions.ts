import { integrityStates } from '../../../shared/model/integrity.ts';
import type { MetricValues } from '../../../shared/model/metric-values.ts';
import { metadataSources, versionKinds } from '../../../shared/model/version.ts';
import type { Timestamp } from '../../../shared/query/parse-timestamp.ts';
import type { FileIdentity } from '../files/file-identity.ts';
import { companionKinds } from './layouts/known-layouts.ts';
import type { ListedVersion } from './listed-version.ts';
import {
  column,
  columns,
  flag,
  type PackedVersions,
  separator,
  word,
  wordsPerVersion,
} from './packed-versions.ts';
import { startsOfTexts } from './text-list.ts';

/** The versions are views of what was packed: nothing is taken out of it before somebody asks. */
export function unpackVersions(packed: PackedVersions): ListedVersion[] {
  if (packed.numbers.length === 0) return [];
  const all = new Unpacked(packed);
  return packed.ids.split(separator).map((id, row) => new UnpackedVersion(id, all, row));
}

/** Packed versions whose words and texts are taken apart once one of them is asked for. */
class Unpacked {
  readonly numbers: Float64Array;
  readonly metrics: PackedVersions['metrics'];
  readonly #packed: PackedVersions;
  #checksums: readonly string[] | null = null;
  #words: readonly string[] | null = null;
  #textsAt: readonly number[] | null = null;

  constructor(packed: PackedVersions) {
    this.#packed = packed;
    this.numbers = packed.numbers;
    this.metrics = packed.metrics;
  }

  checksum(row: number): string {
    this.#checksums ??= this.#packed.checksums.split(separator);
    return this.#checksums[row] ?? '';
  }

  word(at: number): string {
    this.#words ??= this.#packed.words.split(separator);
    return this.#words[at] ?? '';
  }

  text(row: number): Uint8Array | null {
    const { texts } = this.#packed;
    if (texts === null) return null;
    this.#textsAt ??= startsOfTexts(texts);
    const next = this.#textsAt[row + 1];
    return next === undefined ? null : texts.subarray(this.#textsAt[row], next - 1);
  }
}

class UnpackedVersion implements ListedVersion {
  readonly id: string;
  readonly #all: Unpacked;
  readonly #row: number;

  constructor(id: string, all: Unpacked, row: number) {
    this.id = id;
    this.#all = all;
    this.#row = row;
  }

  get kind(): ListedVersion['kind'] {
    return versionKinds[this.#number(column.kind)] as ListedVersion['kind'];
  }
  get number(): number | null {
    return this.#optional(flag.number, column.number);
  }
  get value(): number | null {
    return this.#optional(flag.value, column.value);
  }
  get state(): ListedVersion['state'] {
    return integrityStates[this.#number(column.state)] as ListedVersion['state'];
  }
  get time(): Timestamp | null {
    return this.#has(flag.time)
      ? { milliseconds: this.#number(column.time), zoned: this.#has(flag.zoned) }
      : null;
  }
  get modifiedAt(): number {
    return this.#number(column.modifiedAt);
  }
  get identity(): FileIdentity | null {
    if (!this.#has(flag.identity)) return null;
    return {
      dev: this.#number(column.dev),
      ino: this.#number(column.ino),
      size: this.#number(column.fileSize),
      mtimeMs: this.#number(column.mtimeMs),
      ctimeMs: this.#number(column.ctimeMs),
    };
  }
  get checksum(): string | null {
    return this.#all.checksum(this.#row) || null;
  }
  get size(): number {
    return this.#number(column.size);
  }
  get recordedSize(): number | null {
    return this.#optional(flag.recordedSize, column.recordedSize);
  }
  get detail(): string | null {
    return this.#has(flag.detail) ? this.#word(word.detail) : null;
  }
  get timestamp(): string | null {
    return this.#word(word.timestamp);
  }
  get step(): number | null {
    return this.#optional(flag.step, column.step);
  }
  get episode(): number | null {
    return this.#optional(flag.episode, column.episode);
  }
  get reward(): number | null {
    return this.#optional(flag.reward, column.reward);
  }
  get metrics(): MetricValues {
    const { shapes, values } = this.#all.metrics;
    return { names: shapes[this.#number(column.shape)] ?? [], values, at: this.#number(column.metricsAt) };
  }
  get symbol(): string | null {
    return this.#word(word.symbol);
  }
  get tags(): readonly string[] {
    return listOf(this.#word(word.tags));
  }
  get notes(): string | null {
    return this.#word(word.notes);
  }
  get problems(): readonly string[] {
    return listOf(this.#word(word.problems));
  }
  get fault(): string | null {
    const at = this.#number(column.fault);
    return at === 0 ? null : (this.problems[at - 1] ?? null);
  }
  get contradicted(): boolean {
    return this.#has(flag.contradicted);
  }
  get source(): ListedVersion['source'] {
    return metadataSources[this.#number(column.source)] as ListedVersion['source'];
  }
  get backups(): number {
    return this.#number(column.backups);
  }
  get companions(): ListedVersion['companions'] {
    const bits = this.#number(column.companions);
    return bits === 0 ? noCompanions : companionKinds.filter((_, index) => bits & (1 << index));
  }
  get companionState(): number {
    return this.#number(column.companionState);
  }
  get text(): ListedVersion['text'] {
    return this.#all.text(this.#row);
  }

  #number(at: number): number {
    return this.#all.numbers[this.#row * columns + at] as number;
  }

  #has(bit: number): boolean {
    return (this.#number(column.flags) & bit) !== 0;
  }

  #optional(bit: number, at: number): number | null {
    return this.#has(bit) ? this.#number(at) : null;
  }

  #word(at: number): string | null {
    return this.#all.word(this.#row * wordsPerVersion + at) || null;
  }
}

const nothing: readonly string[] = [];
const noCompanions: ListedVersion['companions'] = [];

function listOf(list: string | null): readonly string[] {
  return list ? (JSON.parse(list) as string[]) : nothing;
}
