import { createHash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { type CommandTemplate, fillWord, type Placeholder, parseCommand } from './command-template.ts';
import type { EvaluationOrder, Evaluator } from './evaluator.ts';
import { findReport } from './read-report.ts';
import { runJob } from './run-job.ts';

/** Larger files are told by size and time, in bytes. */
const hashedUpTo = 16 << 20;

/** A command as it is run. */
export interface ReadCommand {
  /** Its words, but for what stands for something. */
  words: readonly string[];
  /** What it asks for. */
  names: ReadonlySet<Placeholder>;
  /** Those that look like the name of a script, and are no file in the folder where the command was given. */
  unfound: readonly string[];
  assertFits: Evaluator['assertFits'];
  /** The words of one run of it. */
  wordsOf(run: Pick<EvaluationOrder, 'model' | 'id' | 'run' | 'seed' | 'episodes'>): string[];
}

/**
 * A command, as somebody gave it: it is never read from a file. It runs in an empty folder, so words that name what is in the
 * folder where the command was given stand for that.
 * @param here that folder, absolute
 * @throws UsageError
 */
export function readCommand(text: string, here: string): ReadCommand {
  const template = parseCommand(text);
  const words = template.words.map((word, index) => placed(word, index === 0, here));
  return {
    words,
    names: template.names,
    unfound: words.slice(1).filter((word) => isScript(word) && statOf(resolve(here, word)) === null),
    assertFits: (seeds, episodes) => assertFits(template, seeds, episodes),
    wordsOf: ({ model, id, run, seed, episodes }) => {
      const values = { model, id, run, here, seed: `${seed}`, episodes: `${episodes ?? ''}` };
      return words.map((word) => fillWord(word, values));
    },
  };
}

/** As {@link readCommand}, as an evaluator that runs these words. @throws UsageError */
export function commandEvaluator(
  text: string,
  here: string,
): Evaluator & Pick<ReadCommand, 'words' | 'names' | 'unfound'> {
  const { words, names, unfound, assertFits, wordsOf } = readCommand(text, here);
  return {
    words,
    names,
    unfound,
    name: text,
    identity: JSON.stringify([words, words.flatMap(stateOfFile), names.has('here') ? here : null]),
    prints: true,
    assertFits,
    evaluate: async (order) => findReport(await runJob({ ...order, words: wordsOf(order) })),
  };
}

/** @throws UsageError */
function assertFits({ names }: CommandTemplate, seeds: number, episodes: number | null): void {
  if (seeds > 1 && !names.has('seed'))
    throw new UsageError(
      `the evaluator takes no seed — its ${seeds} runs would be one and the same — add {seed} to the command`,
    );
  if (names.has('episodes') === (episodes !== null)) return;
  throw episodes === null
    ? new UsageError(
        'the evaluator has {episodes} — nothing says how many — say how many episodes each run has',
      )
    : new UsageError(
        'the evaluator takes no episodes — it would not know how many — add {episodes} to the command',
      );
}

/** A program without a `/` is looked for where the system looks for programs. */
function placed(word: string, isProgram: boolean, here: string): string {
  const { option, name } = partsOf(word);
  if (name === '' || isAbsolute(name) || name.includes('{')) return word;
  const path = resolve(here, name);
  return isMeant(name, statOf(path), isProgram) ? option + path : word;
}

/** `--option=file` names a file too. */
function partsOf(word: string): { option: string; name: string } {
  const [option = ''] = /^--?[\w-]+=/.exec(word) ?? [];
  return { option, name: word.slice(option.length) };
}

/** A bare word may be anything; where a file has the name, that. */
function isMeant(name: string, found: Stats | null, isProgram: boolean): boolean {
  if (name.includes('/')) return isProgram || found !== null;
  return !isProgram && (found?.isFile() ?? false);
}

function isScript(word: string): boolean {
  return /^[^-{}][^{}]*\.(py|sh|js|mjs|cjs|ts|rb|jl|lua|pl|r)$/i.test(word);
}

/** An evaluator that was edited is another one. */
function stateOfFile(word: string): string[] {
  const { name } = partsOf(word);
  const found = isAbsolute(name) ? statOf(name) : null;
  if (!found?.isFile()) return [];
  if (found.size > hashedUpTo) return [`${found.size} ${found.mtimeMs}`];
  return [createHash('sha256').update(readFileSync(name)).digest('hex')];
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
