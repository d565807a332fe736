import type { Problem } from '../../shared/model/run.ts';
import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';

/** A folder can hold any number of strange files; so many are named: all that the window is told of a run, and how many more there are. */
const listed = 1001;

interface Props {
  problems: readonly Problem[];
  /** What shows the version of a path; null for a path that is none. */
  showOf?: (path: string) => (() => void) | null;
}

export function ProblemsList({ problems, showOf = () => null }: Props) {
  const named = problems.slice(0, listed);
  return (
    <>
      <ul className="problems-list">
        {named.map(({ path, problem }) => (
          <li key={`${path}\n${problem}`}>
            <ProblemPath path={path} onShow={showOf(path)} />
            <span>{visibleText(problem)}</span>
          </li>
        ))}
      </ul>
      {problems.length > listed && <p>and {formatCount(problems.length - listed)} more</p>}
    </>
  );
}

function ProblemPath({ path, onShow }: { path: string; onShow: (() => void) | null }) {
  if (onShow === null) return <bdi className="problem-path">{visibleText(path)}</bdi>;
  return (
    <button type="button" className="link problem-path" title="Show this version" onClick={onShow}>
      <bdi>{visibleText(path)}</bdi>
    </button>
  );
}
