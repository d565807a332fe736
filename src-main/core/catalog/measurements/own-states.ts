import { formatCount, plural } from '../../formats/plain-text.ts';
import { placeByStep } from './find-in-series.ts';
import type { ReadLog } from './log-columns.ts';
import { stateGroup } from './log-file.ts';
import type { MetricLog, MetricSeries } from './metric-log.ts';

/** A measurement that two states of a training do not agree on. */
interface Conflict {
  name: string;
  at: number;
  /** What the last state has there. */
  told: number;
}

/** What a state beside a checkpoint has to do with the last one of the run. */
interface Compared {
  read: ReadLog;
  folder: string;
  conflicts: readonly Conflict[];
  /** Whether the last one has all that it has. */
  isContained: boolean;
}

/**
 * Each checkpoint of Hugging Face's Trainer has a state of the training up to it, so that the last one tells of all; but where a folder was trained into again, those
 * before it may be of another training. What a checkpoint's own state says goes before what the last one says, and what that says otherwise is told.
 * @param logs those of the folder with the highest number, or of the run itself, last of their group, and those of one version alone after them
 */
export function ownStatesFirst(logs: readonly ReadLog[]): ReadLog[] {
  const states = logs.filter(({ group }) => group === stateGroup);
  const last = states.findLast(({ isOfOne }) => !isOfOne) ?? states.at(-1);
  if (!last) return [...logs];
  const others = states.filter((read) => read !== last).map((read) => compareStates(read, last));
  const own = others.filter(isOwn);
  const folders = new Set(own.map(({ folder }) => folder));
  const isAbout = (id: string) => !folders.has(id.slice(0, id.indexOf('/')));
  const isOfMany = (read: ReadLog) =>
    read === last || !(read.isOfOne || own.some((each) => each.read === read));
  const ofMany = states.filter(isOfMany);
  const general =
    folders.size === 0 ? ofMany : ofMany.map((read) => ({ ...read, log: { ...read.log, isAbout } }));
  const rest = logs.filter(({ group }) => group !== stateGroup);
  return [...rest, ...general, ...own.map((each, index) => ofOne(each, last, own.slice(index + 1)))];
}

/** One that says otherwise, or is of one version alone and has more than the last one. */
function isOwn({ read, folder, conflicts, isContained }: Compared): boolean {
  return folder !== '' && (conflicts.length > 0 || (read.isOfOne === true && !isContained));
}

function compareStates(read: ReadLog, last: ReadLog): Compared {
  const folder = read.file.slice(0, Math.max(read.file.lastIndexOf('/'), 0));
  return { read, folder, ...compareLogs(read.log, last.log) };
}

function compareLogs(own: MetricLog, last: MetricLog): Pick<Compared, 'conflicts' | 'isContained'> {
  const measured = own.series.flatMap((series) => {
    const values = valuesOf(last.series.find(({ name }) => name === series.name));
    return Array.from(series.at, (at, index) => {
      return { name: series.name, at, value: series.values[index], told: values.get(at) };
    });
  });
  const conflicts = measured.flatMap(({ name, at, value, told }) =>
    told === undefined || Object.is(told, value) ? [] : [{ name, at, told }],
  );
  return { conflicts, isContained: measured.every(({ told }) => told !== undefined) };
}

function valuesOf(series: MetricSeries | undefined): ReadonlyMap<number, number> {
  return new Map(Array.from(series?.at ?? [], (at, index) => [at, series?.values[index] ?? Number.NaN]));
}

/** @param later those of checkpoints with higher numbers: which one was the best is told by the last of a training */
function ofOne({ read, folder, conflicts }: Compared, last: ReadLog, later: readonly Compared[]): ReadLog {
  const isOver = later.some(({ read: other }) => compareLogs(read.log, other.log).conflicts.length === 0);
  const { said, ...log } = read.log;
  const told = conflicts.length > 0 ? [tellOther(conflicts, last.file)] : [];
  const own: MetricLog = {
    ...log,
    isAbout: (id) => id.startsWith(`${folder}/`),
    placeOf: (version) => {
      const place = placeByStep(log, version);
      return place && { ...place, problems: told };
    },
    ...(said && !isOver ? { said } : {}),
  };
  return { ...read, log: own, isOfOne: true };
}

/** So many values are told. */
const most = 3;

function tellOther(conflicts: readonly Conflict[], file: string): string {
  const at = conflicts.reduce((highest, each) => Math.max(highest, each.at), Number.NEGATIVE_INFINITY);
  const there = conflicts.filter((each) => each.at === at).sort(evaluatedFirst);
  const values = there.slice(0, most).map(({ name, told }) => `${name} ${told}`);
  const more = there.length > most ? [`${plural(there.length - most, 'other value')}`] : [];
  return `${file} says otherwise of step ${formatCount(at)} (${[...values, ...more].join(', ')}): it is of another training, and what this checkpoint's own trainer_state.json says counts`;
}

function evaluatedFirst({ name: one }: Conflict, { name: other }: Conflict): number {
  return Number(other.startsWith('eval_')) - Number(one.startsWith('eval_'));
}
