import { createHash } from 'node:crypto';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { comparableVersion } from '../catalog/comparable-version.fixture.ts';
import { listRun } from '../catalog/list-run.ts';
import { copyListed, type ListedVersion } from '../catalog/listed-version.ts';
import { packNames, unpackReading } from '../catalog/packed-reading.ts';
import { type Reading, readNames } from '../catalog/read-names.ts';
import { rereadRecord } from '../catalog/reread-record.ts';
import { IndexedReader } from './indexed-reader.ts';

/** A whole run as one part, told with the index or without, in an order that can be compared. */
interface Options {
  config: StorageConfig;
  /** The file of the index; null for reading everything. */
  path: string | null;
  withTexts?: boolean;
  now?: number;
}

/** By default every file counts as touched long ago. */
export function readPart(
  root: string,
  { config, path, withTexts = true, now = Number.POSITIVE_INFINITY }: Options,
) {
  const { checksums, folders } = listRun(root, config);
  const context = { root, config, checksums, withTexts };
  if (path === null || checksums.size > 0)
    return inOrder([...folders].flatMap((part) => [...readNames(part, context)]));
  const reader = new IndexedReader(
    context,
    { path, fingerprint: fingerprintOf(config) },
    { sliceSize: 3, now },
  );
  const readings = [...folders].flatMap((part) => [...reader.read(packNames(part))]);
  const told = [...readings, ...reader.end()].map(unpackReading);
  reader.close();
  // A text that was lost is read by whoever wants it.
  const withText = (version: ListedVersion) => ({
    ...copyListed(version),
    text: version.text ?? rereadRecord(root, config, version),
  });
  return inOrder(
    withTexts ? told.map(({ versions, problems }) => ({ versions: versions.map(withText), problems })) : told,
  );
}

const fingerprintOf = (config: StorageConfig) =>
  createHash('md5').update(JSON.stringify(config)).digest('base64');

function inOrder(readings: readonly Reading[]) {
  const versions = readings.flatMap((reading) => reading.versions).map(comparableVersion);
  const problems = readings
    .flatMap((reading) => reading.problems)
    .map(({ path, problem }) => `${path}: ${problem}`);
  return { versions: versions.sort((a, b) => (a.id < b.id ? -1 : 1)), problems: problems.sort() };
}
