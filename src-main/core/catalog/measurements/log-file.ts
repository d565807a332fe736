import { isOfKeras, type LogKind } from './log-folders.ts';

/** A file that says what was measured. */
export interface LogFile {
  /** Relative to the run. */
  path: string;
  kind: LogKind;
  /** What files have in common that are one log. */
  group: string;
  isOfKeras: boolean;
  /** Of what Ray counts iterations in: whether folders of checkpoints beside it are numbered by saves, and not by these. */
  numbersSaves?: boolean;
}

/** What all states of a training with Hugging Face's Trainer have in common. */
export const stateGroup = 'trainer_state.json';

/** Of the state of a checkpoint that is not among the last, what is new in it is at its end, and which one was the best at its beginning. In bytes. */
export const ownStateEnds = { head: 4096, tail: 32_768 };

/** How many bytes of a file of this size are read. */
export function lengthRead({ kind }: LogFile, size: number): number {
  return kind === 'own-state' ? Math.min(size, ownStateEnds.head + ownStateEnds.tail) : size;
}

/** @param folder in which it is, relative to the run, '' for itself */
export function logFileOf(folder: string, path: string, kind: LogKind): LogFile {
  return { path, kind, group: groupOf(folder, path, kind), isOfKeras: isOfKeras(folder) };
}

function groupOf(folder: string, path: string, kind: LogKind): string {
  if (kind === 'events') return folder || 'tfevents';
  if (kind === 'monitor') return folder === '' ? 'monitor.csv' : `${folder}/monitor.csv`;
  if (kind === 'mlflow-metric') return mlflowRunOf(folder);
  return kind === 'trainer-state' || kind === 'own-state' ? stateGroup : path;
}

/** The folder of a run of MLflow, by one in its `metrics`; that itself where the run is what was opened. */
function mlflowRunOf(folder: string): string {
  return folder.replace(/(?:^|\/)metrics(?:\/.*)?$/s, '') || 'metrics';
}

/** What a metric of MLflow is called, by where its file is. */
export function mlflowName({ path }: LogFile): string {
  const parts = path.split('/');
  return parts.slice(parts.indexOf('metrics') + 1).join('/');
}
