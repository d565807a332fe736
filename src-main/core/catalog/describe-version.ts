import { join } from 'node:path';
import type { JsonObject } from '../../../shared/model/json.ts';
import type { Version } from '../../../shared/model/version.ts';
import { lookAt } from '../files/file-identity.ts';
import { readText } from '../files/read-text.ts';
import { parseJsonExactly } from './parse-json.ts';
import { chooseSidecar, sidecarLimit } from './read-sidecar.ts';

/** Everything known of one version: the row, where its file is, and its sidecar as it stands, every digit kept. */
export type VersionDescription = Version & {
  path: string;
  sidecar: JsonObject | null;
  modified_at: string | null;
};

export function describeVersion(root: string, version: Version): VersionDescription {
  const path = join(root, version.id);
  const look = lookAt(path);
  return {
    ...version,
    path,
    sidecar: readWholeSidecar(path.replace(/\.[^./]+(?:\.gz)?$/, '')),
    modified_at: look && new Date(look.mtimeMs).toISOString(),
  };
}

function readWholeSidecar(stem: string): JsonObject | null {
  const there = ['.json', '_meta.json']
    .map((ending) => stem + ending)
    .filter((path) => lookAt(path) !== null);
  const path = chooseSidecar(there);
  return path === undefined ? null : tryRead(path);
}

function tryRead(path: string): JsonObject | null {
  try {
    const value = parseJsonExactly(readText(path, sidecarLimit));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
