import type { Problem } from '../../shared/model/run.ts';
import { formatCount } from '../core/formats/plain-text.ts';

/** The window is given all of them time and again. */
const mostProblems = 1000;

/** The problems that the window is told of a folder: the first ones, and how many more there are. */
export function firstProblems(problems: readonly Problem[]): Problem[] {
  const first = problems.slice(0, mostProblems);
  const more = problems.length - first.length;
  if (more === 0) return first;
  return [
    ...first,
    {
      path: '.',
      problem: `${formatCount(more)} more ${more === 1 ? 'problem is' : 'problems are'} not listed`,
    },
  ];
}
