import type { DriftView } from '../../shared/model/contents-view.ts';
import type { WeightsFound } from '../../shared/model/weights-found.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import { placeInTime } from '../../shared/query/sort-versions.ts';
import { type MeasuredVersion, weightsFound } from '../../shared/statistics/summarise-drift.ts';
import { viewDrift } from '../../shared/statistics/view-drift.ts';
import { copyListed } from '../core/catalog/listed-version.ts';
import { inspectFile } from '../core/contents/inspect-file.ts';
import { limitText } from '../core/contents/limit-value.ts';
import { ReadingThread, type ThreadLimits } from '../core/contents/read-in-thread.ts';
import { spread } from '../core/contents/spread.ts';
import { measureRun, type OpenedVersion } from '../core/drift/measure-run.ts';
import { orderVersions } from '../core/drift/order-versions.ts';
import type { FileIdentity } from '../core/files/file-identity.ts';
import { noteWeights } from '../core/integrity/measured-weights.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { usualLimits } from '../core/workers/worker-limits.ts';
import type { OpenRun } from './open-run.ts';
import type { WorkTools } from './work.ts';

/** Of longer runs so many versions are measured, evenly spread, the first and the last among them. */
const mostVersions = 200;
/** Of one version. */
const mostLayers = 20_000;

/** The norm of each layer of the model over the versions of a run, in the order of their steps or times; a `MeasuredVersion` is a part of it. */
export async function trackRun({ manager, handles }: OpenRun, tools: WorkTools): Promise<DriftView> {
  const clock = localClock();
  const all = [...manager.list()].map((listed) => ({
    ...copyListed(listed),
    version: manager.version(listed.id),
  }));
  const found = all.filter(({ version }) => version !== undefined && version.integrity.state !== 'missing');
  const ordered = orderVersions(
    found.map(({ id, size, time, version }) => ({
      id,
      size,
      step: finiteStep(version?.step),
      time: placeInTime({ time }, clock),
    })),
  );
  const chosen = spread(ordered, mostVersions);
  tools.expect(
    chosen.reduce((sum, { size }) => sum + size, 0),
    chosen.length,
  );
  const sizes = new Map(chosen.map(({ id, size }) => [id, size]));
  const measured: MeasuredVersion<number>[] = [];
  const onVersion = ({ id, tensors }: MeasuredVersion) => {
    note(id, tensors);
    const named = tensors.map((tensor) => ({ ...tensor, name: limitText(tensor.name, 1000) }));
    measured.push({ id: handles.handleOf(id), tensors: named.slice(0, mostLayers) });
    tools.onPart(measured.at(-1));
    tools.onBytes(sizes.get(id) ?? 0);
    tools.onFile();
  };
  const { open, note } = notedWeights(manager);
  const thread = new ReadingThread();
  const limits = { ...usualLimits, signal: tools.signal, thread };
  await measureRun(
    chosen.map(({ id }) => ({ id, open: () => open(id, limits) })),
    { signal: tools.signal, onVersion },
  ).finally(() => thread.close());
  return viewDrift(measured, ordered.length - chosen.length);
}

/** Looks for what is no finite number in the weights of one version; null where they could not be measured. @throws as reading it does */
export async function checkWeights(
  manager: ModelManager,
  id: string,
  tools: WorkTools,
): Promise<WeightsFound | null> {
  tools.expect(manager.listed(id)?.size ?? 0);
  const { open, note } = notedWeights(manager);
  const limits = { ...usualLimits, signal: tools.signal };
  let found: WeightsFound | null = null;
  const onVersion = ({ tensors }: MeasuredVersion) => {
    found = weightsFound(tensors);
    note(id, tensors);
  };
  await measureRun([{ id, open: () => open(id, limits) }], {
    signal: tools.signal,
    onBytes: tools.onBytes,
    onVersion,
  });
  return found;
}

/** Opens versions to be measured, and has it remembered what was found in their weights. */
function notedWeights(manager: ModelManager) {
  const identities = new Map<string, FileIdentity | null>();
  return {
    open: async (id: string, limits: ThreadLimits): Promise<OpenedVersion> => {
      const { path } = manager.describe(id);
      identities.set(id, manager.identityNow(id));
      const inspection = await inspectFile(path, limits);
      return { ...inspection, tensors: inspection.contents.tensors };
    },
    note: (id: string, tensors: MeasuredVersion['tensors']) => {
      const weights = weightsFound(tensors);
      if (weights) noteWeights(manager, id, identities.get(id) ?? null, weights);
    },
  };
}

function finiteStep(step: number | string | null | undefined): number | null {
  return typeof step === 'number' && Number.isFinite(step) ? step : null;
}
