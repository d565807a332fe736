import { isOfKeras, type LogKind } from './log-folders.ts';

/** A file that says what was measured. */
export interface LogFile {
  /** Relative to the run. */
  path: string;
  kind: LogKind;
  /** What files have in common that are one log. */
  group: string;
  isOfKeras: boolean;
}

/** @param folder in which it is, relative to the run, '' for itself */
export function logFileOf(folder: string, path: string, kind: LogKind): LogFile {
  return { path, kind, group: groupOf(folder, path, kind), isOfKeras: isOfKeras(folder) };
}

function groupOf(folder: string, path: string, kind: LogKind): string {
  if (kind === 'events') return folder || 'tfevents';
  if (kind === 'monitor') return folder === '' ? 'monitor.csv' : `${folder}/monitor.csv`;
  if (kind === 'mlflow-metric') return folder.replace(/\/metrics(?:\/.*)?$/s, '');
  return kind === 'trainer-state' ? 'trainer_state.json' : path;
}

/** What a metric of MLflow is called, by where its file is. */
export function mlflowName({ path }: LogFile): string {
  return path.slice(path.indexOf('/metrics/') + '/metrics/'.length);
}
