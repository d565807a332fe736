import type { Problem } from '../../../shared/model/run.ts';
import type { RunFolder } from './list-names.ts';
import type { FolderNames } from './list-run.ts';
import { type PackedVersions, packVersions } from './packed-versions.ts';
import type { Reading } from './read-names.ts';
import { unpackVersions } from './unpack-versions.ts';

/** Names on their way to a thread: one long string crosses many times faster than a hundred thousand. */
export interface PackedNames {
  folder: RunFolder;
  names: string;
}

/** A {@link Reading} on its way back. */
export interface PackedReading {
  versions: PackedVersions;
  problems: Problem[];
}

/** Stands in no file's name. */
const separator = '\0';

export function packNames({ folder, names }: FolderNames): PackedNames {
  return { folder, names: names.join(separator) };
}

export function unpackNames({ folder, names }: PackedNames): FolderNames {
  return { folder, names: names === '' ? [] : names.split(separator) };
}

export function packReading({ versions, problems }: Reading): PackedReading {
  return { versions: packVersions(versions), problems };
}

export function unpackReading({ versions, problems }: PackedReading): Reading {
  return { versions: unpackVersions(versions), problems };
}
