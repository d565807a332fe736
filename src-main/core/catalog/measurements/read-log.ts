import type { Source } from '../../formats/source.ts';
import { type LogFile, mlflowName } from './log-file.ts';
import type { LogKind } from './log-folders.ts';
import type { MetricLog } from './metric-log.ts';
import type { Episodes } from './read-monitor.ts';

/** What a file says was measured. The episodes of one environment are a log together with those of others. */
export interface LogReading {
  logs: readonly MetricLog[];
  episodes: Episodes | null;
}

type Read = (source: Source, file: LogFile) => Promise<LogReading>;

const logs = (...read: readonly MetricLog[]): LogReading => ({ logs: read, episodes: null });

/** Most runs have none of them: what reads one is loaded where there is one. */
const readers: Readonly<Record<LogKind, Read>> = {
  evaluations: async (source) => {
    const { readEvaluations } = await import('./read-evaluations.ts');
    return logs(await readEvaluations(source));
  },
  table: async (source) => logs(await (await import('./read-csv-log.ts')).readCsvLog(source)),
  monitor: async (source) => {
    const { readMonitor } = await import('./read-monitor.ts');
    return { logs: [], episodes: await readMonitor(source) };
  },
  'trainer-state': async (source) =>
    logs(await (await import('./read-trainer-state.ts')).readTrainerState(source)),
  'tune-results': async (source) =>
    logs(await (await import('./read-tune-results.ts')).readTuneResults(source)),
  events: async (source, { isOfKeras }) =>
    logs(...(await (await import('./read-event-file.ts')).readEventFile(source, { isOfKeras }))),
  'mlflow-metric': async (source, file) =>
    logs(await (await import('./read-mlflow-metric.ts')).readMlflowMetric(source, mlflowName(file))),
};

/** @throws Damage where the file is not what its name says, or larger than is read; what reading throws */
export function readLog(source: Source, file: LogFile): Promise<LogReading> {
  return readers[file.kind](source, file);
}
