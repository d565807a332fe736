import { Damage } from '../../formats/damage.ts';
import type { Source } from '../../formats/source.ts';
import { type LogFile, mlflowName } from './log-file.ts';
import { type LogKind, namesOfMany } from './log-folders.ts';
import type { MetricLog } from './metric-log.ts';
import { placedByEvents } from './placed-by-events.ts';
import { placedByNames } from './placed-by-names.ts';
import type { CsvReading } from './read-csv-log.ts';
import type { EventsReading } from './read-event-file.ts';
import type { Episodes } from './read-monitor.ts';

/** What a file says was measured. The episodes of one environment are a log together with those of others. */
export interface LogReading {
  logs: readonly MetricLog[];
  episodes: Episodes | null;
  /** The way to go on where the file only grew; null where it is always read from its beginning. */
  resume: Resume | null;
}

/** Where a reading of a file came to. */
export interface Resume {
  /** In bytes: where the last whole record ends. */
  at: number;
  /** What the file says by now: what it was read to is not read again. @param source all of it */
  go(source: Source): Promise<LogReading>;
}

type Read = (source: Source, file: LogFile) => Promise<LogReading>;

const logs = (...read: readonly MetricLog[]): LogReading => ({ logs: read, episodes: null, resume: null });

/** Most runs have none of them: what reads one is loaded where there is one. */
const readers: Readonly<Record<LogKind, Read>> = {
  evaluations: async (source) => {
    const { readEvaluations } = await import('./read-evaluations.ts');
    return logs(await readEvaluations(source));
  },
  table: (source, file) => readTable(source, file),
  monitor: async (source) => {
    const { readMonitor } = await import('./read-monitor.ts');
    return { logs: [], episodes: await readMonitor(source), resume: null };
  },
  'trainer-state': async (source) =>
    logs(await (await import('./read-trainer-state.ts')).readTrainerState(source)),
  'own-state': async (source) => logs(await (await import('./read-trainer-state.ts')).readOwnState(source)),
  'tune-results': async (source, file) => logs(await readTune(source, file)),
  events: (source, file) => readEvents(source, file),
  'mlflow-metric': async (source, file) =>
    logs(await (await import('./read-mlflow-metric.ts')).readMlflowMetric(source, mlflowName(file))),
};

/** @throws Damage where the file is not what its name says, or larger than is read; what reading throws */
export async function readLog(source: Source, file: LogFile): Promise<LogReading> {
  try {
    return await readers[file.kind](source, file);
  } catch (error) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    if (error instanceof Damage && namesOfMany.has(name)) return logs();
    throw error;
  }
}

async function readTune(source: Source, file: LogFile): Promise<MetricLog> {
  const { readTuneResults } = await import('./read-tune-results.ts');
  return placedByNames(await readTuneResults(source, file.numbersSaves), file);
}

async function readTable(source: Source, file: LogFile, before?: CsvReading): Promise<LogReading> {
  const { readCsvLog } = await import('./read-csv-log.ts');
  const read = await readCsvLog(source, before);
  const resume = { at: read.end.at, go: (grown: Source) => readTable(grown, file, read) };
  return { ...logs(await placeTable(read, file)), resume };
}

async function placeTable({ log, table }: CsvReading, file: LogFile): Promise<MetricLog> {
  const placed = placedByNames(log, file);
  if (file.numbersSaves === undefined) return placed;
  const { placedByFolders } = await import('./read-tune-results.ts');
  return placedByFolders(placed, table.names ?? [], file.numbersSaves);
}

async function readEvents(source: Source, file: LogFile, before?: EventsReading): Promise<LogReading> {
  const { readEventFile } = await import('./read-event-file.ts');
  const read = await readEventFile(source, file, before);
  const resume = { at: read.end.at, go: (grown: Source) => readEvents(grown, file, read) };
  return { ...logs(placedByEvents(read.steps.log), read.epochs.log), resume };
}
