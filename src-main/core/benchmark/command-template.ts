import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import { splitWords } from './split-words.ts';

/**
 * What stands for something in a command: the file of the version, how many episodes, the seed, the folder of the run, the id of the
 * version, and the folder where the command was given.
 */
export const placeholders = ['model', 'episodes', 'seed', 'run', 'id', 'here'] as const;
export type Placeholder = (typeof placeholders)[number];

/** A command, split into words once; `names` is what it asks for. */
export interface CommandTemplate {
  text: string;
  words: readonly string[];
  names: ReadonlySet<Placeholder>;
}

/** `{name}`; and `{{name}}`, which is the text `{name}`. Any other brace is a brace. */
const pattern = /\{\{(\w+)\}\}|\{(\w+)\}/g;

/** @throws UsageError where it is no command, or asks for what is not known */
export function parseCommand(text: string): CommandTemplate {
  const words = splitWords(text);
  if (!words[0]) throw new UsageError(`no evaluator given — ${form} — see cairn benchmark --help`);
  const names = new Set(
    words.flatMap((word) => [...word.matchAll(pattern)].flatMap(([, , name]) => name ?? [])),
  );
  for (const name of names) if (!isPlaceholder(name)) throw unknown(name);
  if (!names.has('model'))
    throw new UsageError(`the evaluator does not get the model — ${form} — add {model}`);
  return { text, words, names: names as Set<Placeholder> };
}

/** The words of a command for one run of it: what is put in never makes two words of one. */
export function fillWord(word: string, values: Readonly<Record<Placeholder, string>>): string {
  return word.replace(pattern, (_, literal?: string, name?: string) =>
    literal === undefined ? values[name as Placeholder] : `{${literal}}`,
  );
}

const form = 'it is a command such as "python eval.py {model} --seed {seed}"';

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((known) => known === name);
}

function unknown(name: string): UsageError {
  const known = placeholders.map((each) => `{${each}}`).join(', ');
  return new UsageError(
    `“{${escapeName(name)}}” stands for nothing — an evaluator may have ${known} — write {{${escapeName(name)}}} for the text itself`,
  );
}
