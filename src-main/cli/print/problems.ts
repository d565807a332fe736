import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { formatCount } from '../../core/formats/plain-text.ts';

/** So many are named: each version of a long run may have one. */
const mostNamed = 20;

/** What is not as it should be, below what a command lists: the first, and how many more; nothing where all is well. */
export function* formatProblems(problems: readonly Problem[]): Generator<string> {
  if (problems.length > 0) yield '\nProblems\n';
  for (const { path, problem } of problems.slice(0, mostNamed))
    yield `  ${escapeName(path, 400)}: ${escapeName(problem, 400)}\n`;
  const more = problems.length - mostNamed;
  if (more > 0) yield `  ${formatCount(more)} more: --json has all of them\n`;
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
