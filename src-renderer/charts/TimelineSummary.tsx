import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { ChartSummary } from './ChartSummary.tsx';
import { drawnName } from './log-axis.ts';
import { countMilestones } from './milestones.ts';
import type { Milestones } from './useMilestones.ts';
import type { TimelineChoice, TimelineData } from './useTimeline.ts';

interface Props {
  choice: TimelineChoice;
  data: TimelineData;
  /** How many versions that were saved last have no step but 0. */
  stepless: number;
  milestones: Milestones;
  /** How many of them have a place on the axis. */
  placed: number;
}

/** What line and signs of a timeline mean, and how many versions are not among its points. */
export function TimelineSummary({ choice, data, stepless, milestones: { all, failure }, placed }: Props) {
  const { backup, prune } = countMilestones(all);
  const homeless = all.length - placed;
  return (
    <ChartSummary>
      <span>
        <i className="front-line" aria-hidden="true" /> best so far
      </span>
      {backup && (
        <span>
          <span aria-hidden="true">■</span> {backup}
        </span>
      )}
      {prune && (
        <span>
          <span aria-hidden="true">▽</span> {prune}
        </span>
      )}
      {stepless > 0 && (
        <span>
          {choice.over.id === 'step' ? '' : `over ${choice.over.label}, for `}the last {formatCount(stepless)}{' '}
          say step 0
        </span>
      )}
      {leftOut(choice, data).map((words) => (
        <span key={words}>{words}</span>
      ))}
      {homeless > 0 && <span>{homeless} without a place on this axis</span>}
      {failure && <span>Backups and prunes cannot be read: {visibleText(failure.message)}</span>}
    </ChartSummary>
  );
}

/** What the versions lack that are shown in the table and not here, as `19 without Step`. */
function leftOut({ over }: TimelineChoice, { placeless, strips }: TimelineData): string[] {
  const lacks = [
    { count: placeless, of: over },
    ...strips.map(({ lacking, measure }) => ({ count: lacking, of: measure })),
  ];
  return lacks.flatMap(({ count, of }) =>
    count > 0 ? `${formatCount(count)} without ${drawnName(of)}` : [],
  );
}
