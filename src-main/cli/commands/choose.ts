import { stringifyJson } from '../../../shared/model/json.ts';
import { isSameMetric, type SelectionMetric } from '../../../shared/model/metric.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { ModelNotFoundError } from '../../core/errors.ts';
import type { Intact } from '../../core/integrity/find-intact.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { warnOfUnseen } from '../print/problems.ts';
import { writeOut } from '../print/write-out.ts';
import { loadReader } from './load-reader.ts';
import { assertMetric } from './ls.ts';

export interface Choice {
  what: 'best' | 'latest';
  metric?: string;
  mode?: 'max' | 'min';
}

/** `cairn best` and `cairn latest`: the path of the one that is intact on stdout, who was passed over on stderr. */
export async function printChoice(folder: string, choice: Choice, json: boolean): Promise<ExitCode> {
  const manager = await loadReader(folder);
  const { id: chosen, passedOver } = await choose(manager, choice);
  warnOfUnseen(manager.blindSpots);
  for (const { id, why } of passedOver)
    process.stderr.write(`passed over ${escapeName(id)}: ${escapeName(why, 300)}\n`);
  if (chosen === null) throw nothingFound(choice, passedOver.length, manager.blindSpots);
  const { sidecar: _sidecar, modified_at: _modifiedAt, ...version } = manager.describe(chosen);
  await writeOut([json ? `${stringifyJson(version)}\n` : `${version.path}\n`]);
  return exitCodes.done;
}

/** @throws UsageError when the run has no such metric */
export async function choose(manager: RunReader, choice: Choice): Promise<Intact> {
  if (choice.what === 'latest') return manager.latest();
  // A metric may stand in files alone.
  await manager.readOwnRecords();
  const metric = metricOf(manager, choice);
  if (!isSameMetric(metric.name, manager.metric.name) && choice.mode === undefined) sayDirection(metric);
  return manager.best(metric);
}

/** The run's config says which end of its own metric is better, not of another's. */
function sayDirection({ name, mode }: SelectionMetric): void {
  const other = mode === 'max' ? 'min' : 'max';
  process.stderr.write(
    `ranked by ${escapeName(name)}, ${mode}, the direction of the run's own metric; cairn best --mode ${other} ranks the other way\n`,
  );
}

function metricOf(manager: RunReader, { metric, mode }: Choice): SelectionMetric {
  if (metric !== undefined) assertMetric(manager.versions(), metric);
  if (metric === undefined && mode === undefined) return manager.metric;
  return { name: metric ?? manager.metric.name, mode: mode ?? manager.metric.mode, source: 'asked' };
}

function nothingFound(choice: Choice, passedOver: number, unseen: readonly Problem[]): ModelNotFoundError {
  const [hidden] = unseen;
  if (hidden)
    return new ModelNotFoundError(
      `no ${choice.what} version — ${escapeName(hidden.path, 400)} was not seen: ${escapeName(hidden.problem, 400)} — make it readable, then ask again`,
    );
  const why =
    passedOver > 0
      ? `all ${passedOver} were passed over`
      : choice.what === 'best'
        ? 'no version has a finite value of that metric'
        : 'the run has no versions';
  return new ModelNotFoundError(`no ${choice.what} version — ${why} — see cairn ls for what there is`);
}
