import { visibleText } from '../format/visible-text.ts';
import { countMilestones } from './milestones.ts';
import type { Milestones } from './useMilestones.ts';

interface Props {
  milestones: Milestones;
  /** How many of them have a place on the axis. */
  placed: number;
}

/** What line and signs of a timeline mean. */
export function TimelineSummary({ milestones: { all, failure }, placed }: Props) {
  const { backups, prunes } = countMilestones(all);
  const homeless = all.length - placed;
  return (
    <p className="chart-summary">
      <span>
        <i className="front-line" aria-hidden="true" /> best so far
      </span>
      {all.length > 0 && (
        <>
          <span>
            <span aria-hidden="true">■</span> {backups}
          </span>
          <span>
            <span aria-hidden="true">▽</span> {prunes}
          </span>
        </>
      )}
      {homeless > 0 && <span>{homeless} without a place on this axis</span>}
      {failure && <span>Backups and prunes cannot be read: {visibleText(failure.message)}</span>}
    </p>
  );
}
