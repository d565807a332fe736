/** How a file of measurements is read. */
export type LogKind =
  | 'evaluations'
  | 'table'
  | 'monitor'
  | 'trainer-state'
  | 'own-state'
  | 'tune-results'
  | 'events'
  | 'mlflow-metric';

/** What is looked for in a folder of a run. */
export interface LogFolder {
  /** Null for a file that is none of measurements. */
  kindOf: (name: string) => LogKind | null;
  /** What is looked for in a folder in it; null for one that is not looked into. @param isBeside whether a file of a name is beside that */
  enter: (name: string, isBeside: (other: string) => boolean) => LogFolder | null;
  /**
   * The one file that is looked for in such a folder, where only the last two of them are looked into: each has all that those before it have, if it
   * is of the same training. How it is read in the others.
   */
  isOneOfMany?: { file: string; kind: LogKind };
}

const names: ReadonlyMap<string, LogKind> = new Map([
  ['evaluations.npz', 'evaluations'],
  ['progress.csv', 'table'],
  ['metrics.csv', 'table'],
  ['results.csv', 'table'],
  ['history.csv', 'table'],
  ['summary.csv', 'table'],
  ['training.log', 'table'],
  ['training.csv', 'table'],
  ['log.csv', 'table'],
  ['progress.txt', 'table'],
  ['monitor.csv', 'monitor'],
  ['trainer_state.json', 'trainer-state'],
  ['result.json', 'tune-results'],
  ['metrics.json', 'tune-results'],
]);

/** What much else is called too: where such a file counts nothing of a training it is no log, and no fault. */
export const namesOfMany: ReadonlySet<string> = new Set([
  ...['results.csv', 'history.csv', 'summary.csv', 'progress.txt', 'metrics.json'],
  ...['training.log', 'training.csv', 'log.csv'],
]);

/** The names of logs that trainings write at the top of a run, without those that projects have too. */
export const logNames: readonly string[] = [...names.keys()].filter(
  (name) => !['metrics.json', 'summary.csv', 'training.log', 'training.csv', 'log.csv'].includes(name),
);

function kindOf(name: string): LogKind | null {
  const known = names.get(name);
  if (known) return known;
  if (name.startsWith('events.out.tfevents.')) return 'events';
  return /^\d+\.monitor\.csv$/.test(name) ? 'monitor' : null;
}

const none = () => null;
const leaf: LogFolder = { kindOf, enter: none };
/** The episodes of a monitor there are those of evaluations, which say nothing of how far the training was. */
const evaluations: LogFolder = {
  kindOf: (name) => {
    const kind = kindOf(name);
    return kind === 'monitor' ? null : kind;
  },
  enter: none,
};

/** The parts of a log of Keras. */
const parts: LogFolder = { kindOf, enter: (name) => (isPart(name) ? leaf : null) };
/** One that has a folder for each time that training was started: TensorBoard's, by whatever name. */
const logs: LogFolder = { kindOf, enter: (name) => (name.startsWith('.') ? null : parts) };
/** `lightning_logs/version_3`. lightning/pytorch/loggers/csv_logs.py */
const lightning: LogFolder = { kindOf: none, enter: (name) => (/^version_\d+$/.test(name) ? leaf : null) };
/** `checkpoint-500`. transformers/trainer.py */
const checkpoint: LogFolder = {
  kindOf: (name) => (name === 'trainer_state.json' ? 'trainer-state' : null),
  enter: none,
  isOneOfMany: { file: 'trainer_state.json', kind: 'own-state' },
};
/** `mlruns/EXPERIMENT/RUN/metrics/NAME`, where a name may have `/` in it. mlflow/store/tracking/file_store.py */
const metrics: LogFolder = { kindOf: () => 'mlflow-metric', enter: () => metrics };
const mlflowRun: LogFolder = { kindOf: none, enter: (name) => (name === 'metrics' ? metrics : null) };
/** What each run of MLflow has, beside its `metrics` and `artifacts`. */
export const aboutMlflowRun = 'meta.yaml';
const experiment: LogFolder = { kindOf: none, enter: (name) => (name.startsWith('.') ? null : mlflowRun) };
const mlruns: LogFolder = {
  kindOf: none,
  enter: (name) => (name.startsWith('.') || name === 'models' ? null : experiment),
};

/** `results` is that of stable-baselines3's guide: docs/guide/callbacks.rst, CallbackList. */
const places: ReadonlyMap<string, LogFolder> = new Map([
  ...['logs', 'log', 'runs', 'tb', 'tb_logs', 'tensorboard', 'tensorboard_logs', 'tensorboard_log'].map(
    (name) => [name, logs] as const,
  ),
  ...['eval', 'evaluation', 'evaluations', 'validation', 'results'].map(
    (name) => [name, evaluations] as const,
  ),
  ['train', leaf],
  ['lightning_logs', lightning],
  ['mlruns', mlruns],
]);

/** The top of a run, with all that is looked into below it; `PPO_1` is a log of TensorBoard as stable-baselines3 names it. common/utils.py, configure_logger */
export const topFolder: LogFolder = {
  kindOf,
  enter: (name, isBeside) =>
    places.get(name) ??
    (name === 'metrics' && isBeside(aboutMlflowRun) ? metrics : null) ??
    (/^checkpoint-\d+$/.test(name) ? checkpoint : null) ??
    (/^[A-Z][A-Za-z\d]*_\d+$/.test(name) ? leaf : null),
};

/** The names at the top of a run that are looked for where there are too many to list. */
export const fixedNames: readonly string[] = [
  ...[...names.keys(), '0.monitor.csv', ...places.keys()],
  ...['metrics', aboutMlflowRun],
];

function isPart(name: string): boolean {
  return name === 'train' || name === 'validation';
}

/** Whether Keras calls a folder of its log so. keras/callbacks/tensorboard.py */
export function isOfKeras(folder: string): boolean {
  return isPart(folder.slice(folder.lastIndexOf('/') + 1));
}
