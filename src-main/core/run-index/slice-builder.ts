import type { Problem } from '../../../shared/model/run.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { PackedReading } from '../catalog/packed-reading.ts';
import { type PackedVersions, packVersions } from '../catalog/packed-versions.ts';
import type { KeptFiles, KeptRows } from './kept-rows.ts';
import { identityLength } from './plain-group.ts';

/** What is to be kept of a slice. */
export interface KeptPiece {
  rows: KeptRows;
  texts: PackedVersions['texts'];
}

/** A slice to be told of, and what of it is to be kept. */
export interface BuiltSlice {
  reading: PackedReading;
  kept: KeptPiece;
}

/** Gathers versions until they make a slice. */
export class SliceBuilder {
  #versions: ListedVersion[] = [];
  #problems: Problem[] = [];
  #kept: { version: ListedVersion; files: KeptFiles }[] = [];

  get size(): number {
    return this.#versions.length;
  }

  /** @param files what tells whether it need be read again; null where it must be */
  add(version: ListedVersion, files: KeptFiles | null): void {
    this.#versions.push(version);
    if (files) this.#kept.push({ version, files });
  }

  addProblems(problems: readonly Problem[]): void {
    this.#problems.push(...problems);
  }

  take(): BuiltSlice {
    const versions = packVersions(this.#versions);
    const slice = { reading: { versions, problems: this.#problems }, kept: this.#takeKept(versions) };
    this.#versions = [];
    this.#problems = [];
    this.#kept = [];
    return slice;
  }

  #takeKept(all: PackedVersions): KeptPiece {
    const isAll = this.#kept.length === this.#versions.length;
    const versions = isAll ? all : packVersions(this.#kept.map(({ version }) => version));
    const identities = new Float64Array(this.#kept.length * identityLength);
    for (const [row, { files }] of this.#kept.entries()) identities.set(files.identity, row * identityLength);
    const others = this.#kept.map(({ files }) => files.others);
    return { rows: { others, identities, versions }, texts: versions.texts };
  }
}
