import type { OptimizerView } from '../../shared/model/optimizer-view.ts';
import { formatCount, missing } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';

/** So many are listed: a table of thousands of rows is slow to unfold. */
const listed = 500;

/** What an optimizer keeps for each parameter, under the parameter's name where that can be told. */
export function OptimizerStates({ states, more }: { states: OptimizerView['states']; more: number }) {
  if (states.length === 0) return null;
  const rest = Math.max(0, states.length - listed) + more;
  return (
    <details className="json-nested">
      <summary title="Which parameter is meant is guessed from their order and shapes">
        For each parameter
      </summary>
      <div className="plain-table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              <th scope="col">Shape</th>
              <th scope="col">Step</th>
              <th scope="col">Keeps</th>
            </tr>
          </thead>
          <tbody>
            {states.slice(0, listed).map(({ name, of, shape, step, slots }) => (
              <tr key={name}>
                <th scope="row" title={visibleText(name)}>
                  {visibleText(of ?? name)}
                </th>
                <td>{shape.join(' × ')}</td>
                <td>{step === null ? missing : formatCount(step)}</td>
                <td>{slots.map(visibleText).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p>and {formatCount(rest)} more</p>}
    </details>
  );
}
