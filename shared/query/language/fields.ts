import { integrityStates } from '../../model/integrity.ts';
import { runLayouts } from '../../model/recognised-layout.ts';
import { runStates } from '../../model/run-state.ts';
import { metadataSources, versionKinds } from '../../model/version.ts';

/** What is compared as a number: plain, in bytes, in milliseconds since 1970, in milliseconds of age. */
export type AmountKind = 'number' | 'size' | 'time' | 'age';
/** What is compared as text: any, one of a few words, or a list of such. */
export type WordKind = 'text' | 'choice' | 'list';

interface FieldOf<Kind> {
  name: string;
  kind: Kind;
  /** Whether it is a metric that training logged, and not something every version has. */
  metric: boolean;
}
export type AmountField = FieldOf<AmountKind>;
export type WordField = FieldOf<WordKind>;
export type QueryField = AmountField | WordField;

/** What a version can be beside having fields: `is:best`. */
export const marks = ['best', 'latest', 'pinned', 'intact', 'problem'] as const;
export type Mark = (typeof marks)[number];

interface KnownField {
  field: QueryField;
  aliases: readonly string[];
  meaning: string;
  /** All words that it can be; null where there is no end to them. */
  words: readonly string[] | null;
}

/** Beside its state, a mismatch is told by its cause. */
const integrityWords = [...integrityStates, 'changed', 'bit-rot'];

/** The fields that every version has, each under its first name and others for the same. */
export const knownFields: readonly KnownField[] = [
  known('reward', 'number', 'the reward, as mean_reward where that was logged', ['mean_reward']),
  known('version', 'number', 'the number of the version'),
  known('step', 'number', 'the training step'),
  known('episode', 'number', 'the episode'),
  known('time', 'time', 'when it was saved', ['timestamp']),
  known('age', 'age', 'how long ago it was saved'),
  known('size', 'size', 'the size of its file'),
  known('kind', 'choice', 'best model or checkpoint', [], versionKinds),
  known('integrity', 'list', 'what is known of its bytes', [], integrityWords),
  known('tag', 'list', 'one of its tags', ['tags']),
  known('note', 'text', 'its notes', ['notes']),
  known('symbol', 'text', 'what it trades'),
  known('run', 'text', 'the run that it is of'),
  known('file', 'text', 'the path of its file in the run', ['id']),
  known('checksum', 'text', 'the SHA-256 on record'),
  known('finding', 'list', 'what is wrong with it, in sentences'),
  known('backups', 'number', 'how many backups of it there are'),
  known('source', 'choice', 'where its metrics come from', [], metadataSources),
];

function known(
  name: string,
  kind: QueryField['kind'],
  meaning: string,
  aliases: readonly string[] = [],
  words: readonly string[] | null = null,
): KnownField {
  const field = { name, kind, metric: name === 'reward' } as QueryField;
  return { field, aliases, meaning, words };
}

/** The same of every run, where runs are what is asked for: the columns of the tables of runs, by their names. */
const runFields: readonly KnownField[] = [
  known('path', 'text', 'where it is, below the folder that was searched', ['run']),
  known('folder', 'text', 'the folder that it is in, below that'),
  known('override', 'list', 'what Hydra was asked for, such as lr=0.1', ['overrides']),
  known('best', 'text', 'the path of its best version in it'),
  known('best_value', 'number', 'the value that makes that the best'),
  known('metric', 'text', 'the metric that tells the best'),
  known('latest', 'text', 'the path of its latest version in it'),
  known('latest_version', 'number', 'the number of the latest'),
  known('versions', 'number', 'how many versions it has'),
  known('bytes', 'size', 'the size of their files', ['size']),
  known('written_by', 'list', 'the framework that wrote it, by name', ['framework']),
  known('layout', 'choice', 'how its files lie', [], runLayouts),
  known('state', 'list', 'whether it is being saved to, or has problems', [], runStates),
  known('problems', 'number', 'how much is wrong with it and its files'),
  known('time', 'time', 'when its latest version was saved', ['newest', 'timestamp']),
  known('age', 'age', 'how long ago that was'),
];

function byName(fields: readonly KnownField[]): ReadonlyMap<string, KnownField> {
  return new Map(
    fields.flatMap((each) => [each.field.name, ...each.aliases].map((name) => [name, each] as const)),
  );
}

/** What queries may ask of things of one sort. */
export interface Vocabulary {
  /** What one of them is called in sentences. */
  thing: string;
  fields: readonly KnownField[];
  named: ReadonlyMap<string, KnownField>;
  marks: readonly Mark[];
  /** Whether there are metrics beside the fields. */
  hasMetrics: boolean;
}

export const ofVersions: Vocabulary = {
  thing: 'version',
  fields: knownFields,
  named: byName(knownFields),
  marks,
  hasMetrics: true,
};

export const ofRuns: Vocabulary = {
  thing: 'run',
  fields: runFields,
  named: byName(runFields),
  marks: [],
  hasMetrics: false,
};

/** A field that all of them have; upper and lower case are the same. */
export function fieldNamed(name: string, { named }: Vocabulary = ofVersions): QueryField | null {
  return named.get(name.toLowerCase())?.field ?? null;
}

/** The metric of a name, whatever fields are called. */
export function metricField(name: string): AmountField {
  const isReward = name === 'reward' || name === 'mean_reward';
  return { name: isReward ? 'reward' : name, kind: 'number', metric: true };
}

/** The words that a field can be; null where there is no end to them. */
export function wordsOf({ name, metric }: QueryField): readonly string[] | null {
  return metric ? null : ((ofVersions.named.get(name) ?? ofRuns.named.get(name))?.words ?? null);
}

export function isAmount(field: QueryField): field is AmountField {
  return field.kind === 'number' || field.kind === 'size' || field.kind === 'time' || field.kind === 'age';
}
