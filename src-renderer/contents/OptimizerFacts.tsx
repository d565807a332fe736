import type { OptimizerView } from '../../shared/model/optimizer-view.ts';
import { JsonEntries } from '../details/JsonEntries.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { OptimizerStates } from './OptimizerStates.tsx';

/** What the optimizer's state tells of it. */
export function OptimizerFacts({ optimizer }: { optimizer: OptimizerView }) {
  const { kind, by_class: isTold, slots, parameters, bytes, steps } = optimizer;
  const facts: [string, string][] = [
    [
      'Kind',
      kind === null
        ? 'not one that is known'
        : `${visibleText(kind)}, by ${isTold ? 'its class' : 'what it keeps'}`,
    ],
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
      {optimizer.groups.map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no name but their place
        <Group key={index} group={group} index={index} isOnly={optimizer.groups.length === 1} />
      ))}
      <OptimizerStates states={optimizer.states} more={optimizer.left_out.states} />
    </details>
  );
}

interface GroupProps {
  group: OptimizerView['groups'][number];
  index: number;
  isOnly: boolean;
}

/** Parameters that are treated alike, and by which numbers. */
function Group({ group: { optimizer, parameters, values }, index, isOnly }: GroupProps) {
  const name = isOnly ? 'All parameters' : `Group ${index + 1}, ${plural(parameters, 'parameter')}`;
  return (
    <details className="json-nested" open={isOnly}>
      <summary title={visibleText(optimizer)}>{name}</summary>
      <JsonEntries value={values} />
    </details>
  );
}

function formatSteps({ least, most }: NonNullable<OptimizerView['steps']>): string {
  return least === most ? formatCount(most) : `${formatCount(least)} to ${formatCount(most)}`;
}
