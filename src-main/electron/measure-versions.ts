import type { DriftView } from '../../shared/model/contents-view.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import { placeInTime } from '../../shared/query/sort-versions.ts';
import type { MeasuredVersion } from '../../shared/statistics/summarise-drift.ts';
import { viewDrift } from '../../shared/statistics/view-drift.ts';
import { copyListed } from '../core/catalog/listed-version.ts';
import { inspectFile } from '../core/contents/inspect-file.ts';
import { limitText } from '../core/contents/limit-value.ts';
import { ReadingThread, type ThreadLimits } from '../core/contents/read-in-thread.ts';
import { spread } from '../core/contents/spread.ts';
import { measureRun, type OpenedVersion } from '../core/drift/measure-run.ts';
import { orderVersions } from '../core/drift/order-versions.ts';
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
    const named = tensors.map((tensor) => ({ ...tensor, name: limitText(tensor.name, 1000) }));
    measured.push({ id: handles.handleOf(id), tensors: named.slice(0, mostLayers) });
    tools.onPart(measured.at(-1));
    tools.onBytes(sizes.get(id) ?? 0);
    tools.onFile();
  };
  const thread = new ReadingThread();
  const limits = { ...usualLimits, signal: tools.signal, thread };
  await measureRun(
    chosen.map(({ id }) => ({ id, open: () => openVersion(manager.describe(id).path, limits) })),
    { signal: tools.signal, onVersion },
  ).finally(() => thread.close());
  return viewDrift(measured, ordered.length - chosen.length);
}

async function openVersion(path: string, limits: ThreadLimits): Promise<OpenedVersion> {
  const inspection = await inspectFile(path, limits);
  return { ...inspection, tensors: inspection.contents.tensors };
}

function finiteStep(step: number | string | null | undefined): number | null {
  return typeof step === 'number' && Number.isFinite(step) ? step : null;
}
