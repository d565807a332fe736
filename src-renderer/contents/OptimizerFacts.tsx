import type { OptimizerView } from '../../shared/model/contents-view.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** What the optimizer's state tells of it. */
export function OptimizerFacts({ optimizer }: { optimizer: OptimizerView }) {
  const { kind, slots, parameters, bytes, steps } = optimizer;
  const facts: [string, string][] = [
    ['Kind', kind === null ? 'not one that is known' : `${kind}, by what it keeps`],
    ['Keeps', slots.map(visibleText).join(', ')],
    ['For', `${plural(parameters, 'parameter tensor')}, ${formatBytes(bytes)}`],
    ...(steps ? [['Steps', formatSteps(steps)] as [string, string]] : []),
  ];
  return (
    <details className="json-section" open>
      <summary>Optimizer</summary>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function formatSteps({ least, most }: NonNullable<OptimizerView['steps']>): string {
  return least === most ? formatCount(most) : `${formatCount(least)} to ${formatCount(most)}`;
}
