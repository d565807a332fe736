import { NumberList } from '../../../shared/model/number-list.ts';
import type { Problem } from '../../../shared/model/run.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { PackedReading } from '../catalog/packed-reading.ts';
import { type PackedVersions, packVersions, VersionPacker } from '../catalog/packed-versions.ts';
import { unpackVersions } from '../catalog/unpack-versions.ts';
import type { KeptFiles, KeptRows } from './kept-rows.ts';
import { identityLength } from './plain-group.ts';

/** What is to be kept of a slice. */
export interface KeptPiece {
  rows: KeptRows;
  /** In UTF-8; null where the versions have none. */
  texts: Uint8Array<ArrayBuffer> | null;
}

/** A slice to be told of, and what of it is to be kept. */
export interface BuiltSlice {
  reading: PackedReading;
  kept: KeptPiece;
}

/** Gathers versions until they make a slice. */
export class SliceBuilder {
  readonly #packer = new VersionPacker();
  #problems: Problem[] = [];
  /** Of the versions that are to be kept: which of the slice they are, and what their files were. */
  #kept: number[] = [];
  #others: string[] = [];
  readonly #identities = new NumberList();

  get size(): number {
    return this.#packer.count;
  }

  /** @param files what tells whether it need be read again; null where it must be */
  add(version: ListedVersion, files: KeptFiles | null): void {
    if (files) this.#keep(this.size, files);
    this.#packer.add(version);
  }

  addProblems(problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  take(): BuiltSlice {
    const isAll = this.#kept.length === this.size;
    const versions = this.#packer.take();
    const kept = isAll ? versions : packVersions(rowsOf(versions, this.#kept));
    const rows = { others: this.#others, identities: this.#identities.take(), versions: kept };
    const slice = { reading: { versions, problems: this.#problems }, kept: { rows, texts: kept.texts } };
    this.#problems = [];
    this.#kept = [];
    this.#others = [];
    return slice;
  }

  #keep(row: number, { others, identity }: KeptFiles): void {
    this.#kept.push(row);
    this.#others.push(others);
    const start = this.#identities.extend(identityLength);
    for (let index = 0; index < identityLength; index += 1)
      this.#identities.values[start + index] = identity[index] as number;
  }
}

function rowsOf(versions: PackedVersions, rows: readonly number[]): ListedVersion[] {
  const all = unpackVersions(versions);
  return rows.flatMap((row) => all[row] ?? []);
}
