import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';

/** What is not as it should be, below what a command lists; nothing where all is well. */
export function* formatProblems(problems: readonly Problem[]): Generator<string> {
  if (problems.length > 0) yield '\nProblems\n';
  for (const { path, problem } of problems) yield `  ${escapeName(path, 400)}: ${escapeName(problem, 400)}\n`;
}

/** On stderr, which folders of a run could not be looked into: what a command says holds without them. */
export function warnOfUnseen(unseen: readonly Problem[]): void {
  warnOf(unseen, 'not seen: ');
}

/** On stderr, a line each. */
export function warnOf(problems: readonly Problem[], lead = ''): void {
  for (const { path, problem } of problems)
    process.stderr.write(`${lead}${escapeName(path, 400)}: ${escapeName(problem, 400)}\n`);
}
