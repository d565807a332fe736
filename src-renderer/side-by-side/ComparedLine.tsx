// biome-ignore-all lint/a11y/useSemanticElements: see SideBySideTable.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: see SideBySideTable.tsx
import { formatNumber } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { bestPlaces, type ComparedCell, type ComparedRow, differenceFrom } from './comparison.ts';
import type { ShownLine } from './shown-lines.ts';

interface Props {
  line: ShownLine;
  /** Where it stands below the head, from 0. */
  index: number;
  baseline: number;
}

export function ComparedLine({ line, index, baseline }: Props) {
  if (line.kind === 'value') return <ValueLine row={line.row} index={index} baseline={baseline} />;
  return (
    <div role="row" className="side-line side-title" aria-rowindex={index + 2}>
      <div role="rowheader" className="side-label">
        {line.title}
      </div>
      <div role="cell" className="side-hidden">
        {line.hidden > 0 && `${plural(line.hidden, 'value')} left out`}
      </div>
    </div>
  );
}

interface ValueProps {
  row: ComparedRow;
  index: number;
  baseline: number;
}

function ValueLine({ row, index, baseline }: ValueProps) {
  const best = bestPlaces(row);
  const { label, cells, direction } = row;
  const base = cells[baseline]?.value ?? null;
  return (
    <div role="row" className="side-line" aria-rowindex={index + 2} data-value={label}>
      <div role="rowheader" className="side-label" title={label}>
        <bdi>{label}</bdi>
        {direction && <DirectionMark direction={direction} />}
      </div>
      {cells.map((cell, place) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
          key={place}
          role="cell"
          className="side-cell"
          data-best={best.has(place) || undefined}
          data-number={cell.value !== null || undefined}
          title={cell.exact}
        >
          <bdi>{cell.text}</bdi>
          {direction !== undefined && place !== baseline && (
            <DifferenceMark cell={cell} base={base} direction={direction} />
          )}
        </div>
      ))}
    </div>
  );
}

function DirectionMark({ direction }: { direction: 'max' | 'min' }) {
  const words = direction === 'max' ? 'higher is better' : 'lower is better';
  return (
    <span className="side-direction" title={words} role="img" aria-label={words}>
      {direction === 'max' ? '↑' : '↓'}
    </span>
  );
}

interface DifferenceProps {
  cell: ComparedCell;
  base: number | null;
  direction: 'max' | 'min' | null;
}

const verdictMarks = { better: '▲ ', worse: '▼ ', equal: '', unknown: '' };

function DifferenceMark({ cell, base, direction }: DifferenceProps) {
  const difference = differenceFrom(base, cell.value, direction);
  if (!difference || difference.by === 0) return null;
  const { by, verdict } = difference;
  const sign = by > 0 ? '+' : '−';
  const words = verdict === 'unknown' ? 'against the baseline' : `${verdict} than the baseline`;
  return (
    <span
      role="img"
      className="side-difference"
      data-verdict={verdict}
      title={`${sign}${Math.abs(by)}`}
      aria-label={`${sign}${formatNumber(Math.abs(by), !Number.isInteger(by))}, ${words}`}
    >
      {verdictMarks[verdict]}
      {sign}
      {formatNumber(Math.abs(by), !Number.isInteger(by))}
    </span>
  );
}
