import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { compareVersions } from '../../../shared/query/sort-versions.ts';
import { Catalog } from '../../core/catalog/catalog.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { ModelValidationError, UsageError } from '../../core/errors.ts';
import { explainError } from '../../core/files/error-code.ts';
import { lookAt } from '../../core/files/file-identity.ts';
import { readText } from '../../core/files/read-text.ts';
import { parseChecksumList } from '../../core/integrity/checksum-list.ts';
import { type PoolOptions, verifyFiles } from '../../core/integrity/integrity-pool.ts';
import type { Claim, Verification } from '../../core/integrity/verification.ts';
import { loadRun } from './load-run.ts';

/** Something that can be verified: its files in the order they are told, and how many bytes that is. */
export interface VerifyTarget {
  ids: string[];
  bytes: number;
  verify: (onResult: (verification: Verification) => void, options: PoolOptions) => Promise<void>;
}

/**
 * What a path on the command line stands for: a run folder, a list of checksums, or a single checkpoint.
 * @throws UsageError when it is none of them
 */
export async function openTarget(path: string): Promise<VerifyTarget> {
  const isFolder = statOf(path).isDirectory();
  if (isFolder) return runTarget(path);
  return /sha256sums?(?:\.txt)?$/i.test(basename(path)) ? listTarget(path) : fileTarget(path);
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw new UsageError(
      `cannot verify ${escapeName(path)} — ${explainError(error)} — name a run folder, a checkpoint or a SHA256SUMS file`,
      { path },
    );
  }
}

async function runTarget(path: string): Promise<VerifyTarget> {
  const manager = await loadRun(path);
  const versions = manager.versions().sort(compareVersions);
  return {
    ids: versions.map(({ id }) => id),
    bytes: versions.reduce((bytes, version) => bytes + version.file_size_bytes, 0),
    verify: (onResult, options) =>
      manager.verify(
        versions.map(({ id }) => id),
        onResult,
        options,
      ),
  };
}

function listTarget(path: string): VerifyTarget {
  const folder = dirname(realpathSync(path));
  const { checksums, problems } = parseChecksumList(readText(realpathSync(path), 64 * 1024 * 1024));
  if (checksums.size === 0) {
    throw new ModelValidationError(
      `${escapeName(path)} lists no checksum — ${problems[0]?.problem ?? 'it is empty'} — name a file that sha256sum wrote`,
      { path },
    );
  }
  const outside = [...checksums.keys()].find(
    (name) => isAbsolute(name) || name.split(/[/\\]/).includes('..'),
  );
  if (outside !== undefined) {
    throw new ModelValidationError(
      `${escapeName(path)} names ${escapeName(outside)} — that is outside its folder and is not read — remove that line`,
      { path },
    );
  }
  return claimsTarget(
    [...checksums].map(([id, expected]) => ({
      id,
      path: join(folder, id),
      expected,
      recordedSize: null,
      previous: null,
    })),
  );
}

/** A checkpoint with the sidecar that lies beside it; nothing is remembered of it. */
function fileTarget(path: string): VerifyTarget {
  const file = realpathSync(path);
  const catalog = new Catalog(dirname(file), defaultStorageConfig);
  for (const _change of catalog.reconcile());
  const entry = catalog.entries().find(({ record }) => record.id === basename(file));
  const claim = {
    id: path,
    path: file,
    expected: entry?.record.checksum ?? null,
    recordedSize: entry?.recordedSize ?? null,
    previous: null,
  };
  return claimsTarget([claim]);
}

function claimsTarget(claims: Claim[]): VerifyTarget {
  return {
    ids: claims.map(({ id }) => id),
    bytes: claims.reduce((bytes, claim) => bytes + (lookAt(claim.path)?.size ?? 0), 0),
    verify: (onResult, options) => verifyFiles(claims, onResult, options),
  };
}
