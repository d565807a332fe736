// biome-ignore-all lint/a11y/useSemanticElements: see SideBySideTable.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: see SideBySideTable.tsx
import { bestPlaces } from '../../shared/comparison/compare-numbers.ts';
import type { ComparedRow, ComparedValue } from '../../shared/comparison/compare-versions.ts';
import { problemStates } from '../../shared/model/integrity.ts';
import type { Direction } from '../../shared/model/metric.ts';
import { exactNumber, withSign } from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { comparedCell, shownDifference } from './compared-cell.ts';
import type { ShownLine } from './shown-lines.ts';

interface Props {
  line: ShownLine;
  /** Where it stands below the head, from 0. */
  index: number;
  baseline: number;
  /** Shows what is equal too; null where values are left out by their names. */
  onEqual: (() => void) | null;
}

export function ComparedLine({ line, index, baseline, onEqual }: Props) {
  if (line.kind === 'value') return <ValueLine row={line.row} index={index} baseline={baseline} />;
  return (
    <div role="row" className="side-line side-title" aria-rowindex={index + 2}>
      <div role="rowheader" className="side-label">
        {line.title}
      </div>
      <div role="cell" className="side-hidden">
        {line.hidden > 0 && <Hidden count={line.hidden} onEqual={onEqual} />}
      </div>
    </div>
  );
}

function Hidden({ count, onEqual }: { count: number } & Pick<Props, 'onEqual'>) {
  if (!onEqual) return `${plural(count, 'value')} left out`;
  return (
    <button type="button" title="Show equal values too" onClick={onEqual}>
      {plural(count, 'equal value')} hidden
    </button>
  );
}

interface ValueProps {
  row: ComparedRow;
  index: number;
  baseline: number;
}

function ValueLine({ row, index, baseline }: ValueProps) {
  const best = bestPlaces(row);
  const { values, direction, kind } = row;
  const label = visibleText(row.label);
  const base = values[baseline] ?? null;
  return (
    <div role="row" className="side-line" aria-rowindex={index + 2} data-value={label}>
      <div role="rowheader" className="side-label" title={label}>
        <bdi>{kind === 'metric' ? metricLabel(row.label) : label}</bdi>
        {direction && <DirectionMark direction={direction} />}
      </div>
      {values.map((value, place) => {
        const { text, exact } = comparedCell(value, row);
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={place}
            role="cell"
            className="side-cell"
            data-best={best.has(place) || undefined}
            data-number={isOfNumbers(value, kind) || undefined}
            data-problem={(kind === 'integrity' && saysProblem(value)) || undefined}
            title={exact}
          >
            <bdi>{text}</bdi>
            {kind === 'metric' && place !== baseline && (
              <DifferenceMark row={row} base={base} value={value} />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Bit rot is a mismatch that has a name of its own. */
function saysProblem(value: ComparedValue): boolean {
  return value === 'bit rot' || problemStates.some((state) => state === value);
}

function isOfNumbers(value: ComparedValue, kind: ComparedRow['kind']): boolean {
  return kind === 'metric' || kind === 'count' || (kind === 'text' && typeof value === 'number');
}

function DirectionMark({ direction }: { direction: Direction }) {
  const words = direction === 'max' ? 'higher is better' : 'lower is better';
  return (
    <span className="side-direction" title={words} role="img" aria-label={words}>
      {direction === 'max' ? '↑' : '↓'}
    </span>
  );
}

interface DifferenceProps {
  row: ComparedRow;
  base: ComparedValue;
  value: ComparedValue;
}

function DifferenceMark({ row, base, value }: DifferenceProps) {
  const difference = shownDifference(base, value, row);
  if (!difference || difference.by === 0) return null;
  const { by, verdict, text, spoken } = difference;
  return (
    <span
      role="img"
      className="side-difference"
      data-verdict={verdict}
      title={withSign(by, exactNumber(by))}
      aria-label={spoken}
    >
      {text}
    </span>
  );
}
