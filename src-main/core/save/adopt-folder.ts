import { basename, join, relative, sep } from 'node:path';
import { isIntactSoFar, passesVerify } from '../../../shared/model/integrity.ts';
import { toNumber } from '../../../shared/model/json.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { toFailure, UsageError } from '../errors.ts';
import { verifyFile } from '../integrity/verify-file.ts';
import type { ModelManager } from '../model-manager.ts';
import { RunReader } from '../run-reader.ts';
import { readAdopted, rememberAdopted } from './adopted-checksums.ts';
import type { Saved, SaveRequest } from './save-request.ts';

export interface Adopting {
  kind: VersionKind;
  /** What every version gets; what the file's own record or name says of it goes before that. */
  request: Omit<SaveRequest, 'source' | 'name'>;
  /** Ends it, once the save that is under way is done. */
  signal: AbortSignal;
  onSaved: (saved: Saved, from: string) => void;
  /** A file that could not be saved; the next ones still are. */
  onFailed: (from: string, error: unknown) => void;
}

/**
 * Saves what another program writes into a folder, each file once it is whole, until it is told to stop. Bytes that were adopted
 * before are passed over; nothing is written into the folder.
 * @throws UsageError when the folder cannot be opened, or is part of the run
 */
export async function adoptFolder(manager: ModelManager, folder: string, adopting: Adopting): Promise<void> {
  const source = new RunReader(folder, { config: {} });
  assertApart(manager.root, source.root);
  let underWay = Promise.resolve();
  source.subscribe((event) => {
    if (event.type !== 'versions') return;
    for (const id of event.changed) underWay = underWay.then(() => adoptOne(manager, source, id, adopting));
  });
  source.follow();
  await aborted(adopting.signal);
  source.close();
  await underWay;
}

/** @throws UsageError: what Cairn itself saves would be adopted for ever */
export function assertApart(run: string, folder: string): void {
  const isWithin = (path: string, other: string) => `${path}${sep}`.startsWith(`${other}${sep}`);
  if (!isWithin(folder, run) && !isWithin(run, folder)) return;
  throw new UsageError(
    `cannot watch ${escapeName(folder)} — it is part of the run, or the run of it — name a folder beside the run`,
    { path: folder },
  );
}

async function adoptOne(
  manager: ModelManager,
  source: RunReader,
  id: string,
  { kind, request, signal, onSaved, onFailed }: Adopting,
): Promise<void> {
  const version = source.version(id);
  if (signal.aborted || !version || !isIntactSoFar(version.integrity.state)) return;
  const path = join(source.root, id);
  try {
    const checksum = await checksumOfWhole(source, id);
    if (checksum === null || readAdopted(manager.bookkeeping).has(checksum)) return;
    const name = kind === 'checkpoint' ? { name: basename(id) } : {};
    const facts = factsOf(version, request);
    // Where nothing says how good a version is, rules that keep the best would let all but the newest go.
    const prune = request.prune !== false && Number.isFinite(facts.reward);
    const full = { ...request, ...facts, ...name, prune, source: { path } };
    const saved = await (kind === 'best' ? manager.saveBestModel(full) : manager.saveCheckpoint(full));
    await rememberAdopted(manager.bookkeeping, checksum, relative(source.root, path)).catch(
      (error: unknown) => {
        saved.warnings.push(`it is saved, but may be saved once more: ${toFailure(error).message}`);
      },
    );
    onSaved(saved, path);
  } catch (error) {
    onFailed(path, error);
  }
}

/** Null for a file that is not whole, or not yet: another change of it will be told. */
async function checksumOfWhole(source: RunReader, id: string): Promise<string | null> {
  const [claim] = source.claims([id]);
  if (!claim) return null;
  const { integrity } = await verifyFile(claim);
  return passesVerify(integrity.state) ? integrity.actual : null;
}

function factsOf(
  { reward, metrics, training_state, step }: Version,
  request: Adopting['request'],
): Pick<SaveRequest, 'reward' | 'metrics' | 'trainingState'> {
  const state = training_state ?? (step === null ? null : { global_step: step });
  return {
    reward: toNumber(reward) ?? request.reward,
    metrics: { ...request.metrics, ...metrics },
    trainingState: state ?? request.trainingState ?? null,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
