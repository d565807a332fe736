import type { Problem } from '../../shared/model/run.ts';
import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';

/** A folder can hold any number of strange files; so many are named: all that the window is told of a run, and how many more there are. */
const listed = 1001;

export function ProblemsList({ problems }: { problems: readonly Problem[] }) {
  const named = problems.slice(0, listed);
  return (
    <>
      <ul className="problems-list">
        {named.map(({ path, problem }) => (
          <li key={`${path}\n${problem}`}>
            <bdi className="problem-path">{visibleText(path)}</bdi>
            <span>{visibleText(problem)}</span>
          </li>
        ))}
      </ul>
      {problems.length > listed && <p>and {formatCount(problems.length - listed)} more</p>}
    </>
  );
}
