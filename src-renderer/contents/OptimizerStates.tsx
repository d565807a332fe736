import type { OptimizerView } from '../../shared/model/optimizer-view.ts';
import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { formatShape } from './measures.ts';

/** So many are listed: thousands of lines are slow to unfold. */
const listed = 500;

type State = OptimizerView['states'][number];

/** What an optimizer keeps for each parameter, under the parameter's name where that can be told. */
export function OptimizerStates({ states, more }: { states: readonly State[]; more: number }) {
  if (states.length === 0) return null;
  const rest = Math.max(0, states.length - listed) + more;
  return (
    <details className="json-nested">
      <summary title="Which parameter is meant is told by their order and shapes">For each parameter</summary>
      <ul className="json-entries">
        {states.slice(0, listed).map((state) => (
          <li key={state.name} className="json-entry">
            <bdi className="json-key" title={visibleText(state.name)}>
              {visibleText(state.of ?? state.name)}
            </bdi>
            <span className="json-value optimizer-state" title={state.slots.map(visibleText).join(', ')}>
              {describeState(state)}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p>and {formatCount(rest)} more</p>}
    </details>
  );
}

function describeState({ shape, step }: State): string {
  return step === null ? formatShape(shape) : `${formatShape(shape)}, step ${formatCount(step)}`;
}
