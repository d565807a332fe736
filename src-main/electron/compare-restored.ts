import type { RestoredDifference } from '../../shared/ipc/writing-contract.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import type { BackedUpVersion, ListedBackup } from '../core/backup/backup-source.ts';
import { sidecarAmong } from '../core/catalog/describe-version.ts';
import { readRecordObject } from '../core/catalog/read-record-object.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { explainError } from '../core/files/error-code.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { compareFiles } from './compare-files.ts';
import type { WorkTools } from './work.ts';

/** Weights are compared for so long, in milliseconds: what restoring changes is to be seen before anybody tires of waiting. */
const patience = 20_000;
const mostMetrics = 500;

/** A version of a backup, if the backup has it, and where its bytes are. */
interface WantedVersion extends Pick<ListedBackup, 'store'> {
  version: BackedUpVersion | undefined;
}

/** A version of a backup beside that of the run. @throws ModelNotFoundError, the signal's reason */
export async function compareRestored(
  manager: ModelManager,
  { store, version }: WantedVersion,
  tools: WorkTools,
): Promise<RestoredDifference> {
  if (!version) throw new ModelNotFoundError('no such version is in this backup — look at its list again');
  const now = manager.version(version.id) ? manager.describe(version.id) : null;
  const files = version.files.map(({ path }) => path);
  const sidecar = sidecarAmong(version.id, files, manager.config);
  const record = version.files.find(({ path }) => path === sidecar);
  const backup = record ? readRecordObject(store.pathOf(record)) : null;
  const metrics = changedMetrics(now?.sidecar ?? null, backup);
  const [model] = version.files;
  if (!now || !model) return { metrics, diff: null, why: 'the run has no such file now' };
  return { metrics, ...(await compareInTime(now.path, store.pathOf(model), tools)) };
}

async function compareInTime(
  now: string,
  backup: string,
  tools: WorkTools,
): Promise<Pick<RestoredDifference, 'diff' | 'why'>> {
  try {
    const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(patience)]);
    const diff = await compareFiles(now, backup, { ...tools, signal });
    return { diff: { ...diff, problems: diff.problems.map(placed) }, why: null };
  } catch (error) {
    tools.signal.throwIfAborted();
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return { diff: null, why: late ? 'it takes longer than 20 seconds' : explainError(error) };
  }
}

/** A comparison calls its sides a and b. */
function placed(problem: string): string {
  return problem.replace(/^a: /, 'now: ').replace(/^b: /, 'in the backup: ');
}

function changedMetrics(now: JsonObject | null, backup: JsonObject | null): RestoredDifference['metrics'] {
  const [before, after] = [valuesOf(now), valuesOf(backup)];
  const names = [...new Set([...before.keys(), ...after.keys()])].slice(0, mostMetrics);
  return names
    .map((name) => ({ name, now: before.get(name) ?? null, backup: after.get(name) ?? null }))
    .filter((metric) => !Object.is(metric.now, metric.backup));
}

/** The reward and each metric of a record. */
function valuesOf(record: JsonObject | null): Map<string, number | string> {
  const entries = Object.entries({ reward: record?.['reward'], ...Object(record?.['metrics']) });
  return new Map(
    entries.flatMap(([name, value]): [string, number | string][] => {
      const key = name.slice(0, 200);
      if (typeof value === 'number') return [[key, value]];
      const isText = typeof value === 'string' || typeof value === 'bigint';
      return isText ? [[key, String(value).slice(0, 100)]] : [];
    }),
  );
}
