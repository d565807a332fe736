import type { BestJudgement } from '../../../shared/model/best-judgement.ts';
import { isUnrecognised } from '../../../shared/model/integrity.ts';
import { stringifyJson } from '../../../shared/model/json.ts';
import type { SelectionMetric } from '../../../shared/model/metric.ts';
import type { Problem } from '../../../shared/model/run.ts';
import type { Version, VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { problemsOfNumber, problemsOfTime } from '../../core/catalog/time-ahead.ts';
import { judgeRun } from '../../core/choices/judge-run.ts';
import { formatJudgement } from '../../core/choices/judgement-lines.ts';
import { ModelNotFoundError } from '../../core/errors.ts';
import type { Intact } from '../../core/integrity/find-intact.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { warnOf, warnOfUnseen } from '../print/problems.ts';
import { writeOut } from '../print/write-out.ts';
import { askedMetric, type MetricOptions } from './asked-metric.ts';
import { readShown, readStepsAsked } from './badge-as-chosen.ts';
import { type LayoutOption, loadReader, readingAs, warnUnlike } from './load-reader.ts';

export interface Choice extends MetricOptions, LayoutOption {
  what: 'best' | 'latest';
  /** Of which versions it is the latest; of all without it. */
  kind?: VersionKind | 'all';
}

/** `cairn best` and `cairn latest`: the path of the one that is intact on stdout, who was passed over on stderr. */
export async function printChoice(folder: string, choice: Choice, json: boolean): Promise<ExitCode> {
  const manager = await loadReader(folder, readingAs(choice));
  const { id: chosen, passedOver, metric } = await choose(manager, choice);
  warnUnlike(manager, choice);
  warnOfUnseen(unseenBy(manager, choice));
  warnOf(timeOf(manager, choice, chosen));
  for (const { id, why } of passedOver)
    process.stderr.write(`passed over ${escapeName(id)}: ${escapeName(why, 300)}\n`);
  if (chosen === null) throw nothingFound(manager, choice, { passedOver: passedOver.length, metric });
  if (json) await readShown(manager, chosen);
  const { sidecar: _sidecar, modified_at: _modifiedAt, ...version } = manager.describe(chosen);
  warnOf(formatOf(version));
  const selection = metric && (await judge(manager, metric, chosen));
  if (selection && !json) tell(selection);
  const document = selection ? { ...version, selection } : version;
  await writeOut([json ? `${stringifyJson(document)}\n` : `${version.path}\n`]);
  return exitCodes.done;
}

/** What was saved twice is told by steps, which may stand in files alone. */
export async function judge(
  manager: RunReader,
  metric: SelectionMetric,
  best: string,
): Promise<BestJudgement> {
  await readStepsAsked(manager);
  return judgeRun(manager, { metric, best });
}

/** On stderr: the path alone is what scripts take. */
function tell(selection: BestJudgement): void {
  for (const line of formatJudgement(selection)) process.stderr.write(`${line}\n`);
}

/** What could not be read of the run, and so of what the choice is made of. */
function unseenBy(manager: RunReader, { what }: Choice): Problem[] {
  return [...manager.blindSpots, ...(what === 'best' ? manager.choiceProblems : [])];
}

/** That the latest version tells a time that has not come yet, or that another may be newer. */
function timeOf(manager: RunReader, { what }: Choice, chosen: string | null): Problem[] {
  if (what !== 'latest' || chosen === null) return [];
  const latest = manager.listed(chosen);
  return [...problemsOfTime(latest), ...problemsOfNumber(latest, manager.list())];
}

/** That no checkpoint is recognised in the one that was chosen: nothing else speaks against it. */
function formatOf({ id, integrity }: Version): Problem[] {
  return isUnrecognised(integrity) ? [{ path: id, problem: integrity.detail ?? '' }] : [];
}

/** `metric`: what the best was told by. @throws UsageError when the run has no such metric */
export async function choose(
  manager: RunReader,
  choice: Choice,
): Promise<Intact & { metric: SelectionMetric | null }> {
  if (choice.what === 'latest') return { ...(await manager.latest(choice.kind)), metric: null };
  // A metric may stand in files alone.
  await manager.readOwnRecords();
  const metric = askedMetric(manager, () => manager.metric, choice) ?? manager.metric;
  return { ...(await manager.best(metric)), metric };
}

/** Of what came to nothing: how many were passed over, and the metric that the best was to be told by. */
interface Sought {
  passedOver: number;
  metric: SelectionMetric | null;
}

function nothingFound(manager: RunReader, choice: Choice, sought: Sought): ModelNotFoundError {
  const [hidden] = manager.blindSpots;
  const what = `${choice.what} ${nounOf(choice)}`;
  if (hidden)
    return new ModelNotFoundError(
      `no ${what} — ${escapeName(hidden.path, 400)} was not seen: ${escapeName(hidden.problem, 400)} — make it readable, then ask again`,
    );
  return new ModelNotFoundError(
    `no ${what} — ${whyNothing(manager, choice, sought)} — see cairn ls for what there is`,
  );
}

function whyNothing(manager: RunReader, choice: Choice, { passedOver, metric }: Sought): string {
  if (passedOver > 0) return `all ${passedOver} were passed over`;
  if (metric === null || manager.totals().count === 0) return `the run has no ${nounOf(choice)}s`;
  const reason = metric.unusable?.find(({ part }) => part === 'name')?.why;
  const instead = reason === undefined ? '' : `, the default: ${reason}`;
  return `no version has a finite value of “${escapeName(metric.name, 200)}”${instead}`;
}

const nouns = { best: 'best model', checkpoint: 'checkpoint', all: 'version' } as const;

function nounOf({ kind = 'all' }: Choice): string {
  return nouns[kind];
}
