import type { DiffView } from '../../shared/model/contents-view.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { ChangedTable } from './ChangedTable.tsx';
import { countDifferences, problemOfSide } from './diff-words.ts';
import { ValueTable } from './ValueTable.tsx';
import './compare.css';

/** So many names of a kind are listed. */
const listed = 200;

/** What sets two versions apart. */
export function DiffReport({ diff }: { diff: DiffView }) {
  const { added, removed, changed, equal, renamed, not_compared: unknown } = diff.tensors;
  return (
    <>
      <p className="dialog-summary" role="status">
        {countDifferences(diff.tensors)}
      </p>
      <Problems problems={diff.problems} />
      <Renamed pairs={renamed} />
      {changed.length > 0 && <ChangedTable changed={changed} />}
      <Names title="Equal elements, other bytes" names={equal} />
      <Names title="Added" names={added} />
      <Names title="Removed" names={removed} />
      <Names title="Could not be compared" names={unknown} />
      <ValueTable title="Metrics" values={withoutTwin(diff.metrics)} areMetrics />
      <ValueTable title="Training state" values={diff.training_state} />
      <ValueTable title="Hyperparameters" values={diff.hyperparameters} />
      <ValueTable title="Metadata" values={diff.metadata} />
      {diff.left_out > 0 && <p className="dialog-hint">and {plural(diff.left_out, 'more', 'more')}</p>}
    </>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <ul className="compare-problems" aria-label="Problems">
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file may have one problem twice
        <li key={index}>{visibleText(problemOfSide(problem))}</li>
      ))}
    </ul>
  );
}

function Renamed({ pairs }: { pairs: DiffView['tensors']['renamed'] }) {
  const [first] = pairs;
  if (!first) return null;
  return (
    <p className="dialog-hint">
      {plural(pairs.length, 'name begins', 'names begin')} otherwise in the second:{' '}
      <bdi>{visibleText(first.a)}</bdi> is <bdi>{visibleText(first.b)}</bdi> there
    </p>
  );
}

/** `mean_reward` goes where it says the same as the reward, which both are. */
function withoutTwin(metrics: DiffView['metrics']): DiffView['metrics'] {
  const reward = metrics.find(({ key }) => key === 'reward');
  const isTwin = ({ key, a, b }: DiffView['metrics'][number]) =>
    key === 'mean_reward' && reward !== undefined && a === reward.a && b === reward.b;
  return metrics.filter((metric) => !isTwin(metric));
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <details className="compare-part" open={names.length < 20}>
      <summary>
        {title} ({formatCount(names.length)})
      </summary>
      <ul className="compare-names">
        {names.slice(0, listed).map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a file may name two tensors alike
          <li key={index}>
            <bdi>{visibleText(name || '(the whole)')}</bdi>
          </li>
        ))}
        {names.length > listed && <li>and {plural(names.length - listed, 'more', 'more')}</li>}
      </ul>
    </details>
  );
}
