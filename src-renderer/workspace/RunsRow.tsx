// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo, type ReactNode } from 'react';
import { EndKept } from '../format/EndKept.tsx';
import { missing } from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import type { LabelledRun } from './label-runs.ts';
import type { RunColumn } from './run-columns.ts';
import { betterEnd } from './run-words.ts';

interface Props {
  columns: readonly RunColumn[];
  run: LabelledRun;
  /** Where it stands among the shown rows, from 0. */
  index: number;
  chosen: boolean;
  focused: boolean;
}

/** One run. Rendered again only when something of its own changed. */
export const RunsRow = memo(function RunsRow({ columns, run, index, chosen, focused }: Props) {
  return (
    <div
      role="row"
      id={runElementId(run.handle)}
      className="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-run={run.handle}
      data-focused={focused || undefined}
    >
      {columns.map((column, position) => (
        <Cell key={column.id} column={column} index={position} run={run} />
      ))}
    </div>
  );
});

function Cell({ column, index, run }: { column: RunColumn; index: number; run: LabelledRun }) {
  const text = column.text(run);
  return (
    <div
      role="gridcell"
      className="cell"
      aria-colindex={index + 1}
      data-align={column.align}
      data-column={column.id}
      data-missing={text === missing || undefined}
      title={column.title(run)}
    >
      {contentOf(column, run, text)}
    </div>
  );
}

function contentOf({ id }: RunColumn, run: LabelledRun, text: string): ReactNode {
  if (id === 'run') return <RunName run={run} />;
  if (id === 'best' && run.bestValue !== null)
    return (
      <>
        <span>{text}</span> <bdi className="runs-by">{metricLabel(run.metric.name)}</bdi>{' '}
        <span className="runs-end">{betterEnd(run)}</span>
      </>
    );
  if (id === 'state') return <State run={run} text={text} />;
  return text;
}

function RunName({ run }: { run: LabelledRun }) {
  return (
    <>
      <bdi className="runs-name">
        <EndKept name={run.label} />
      </bdi>
      {run.aside !== null && <bdi className="runs-path">{run.aside}</bdi>}
    </>
  );
}

function State({ run: { isWriting, problems }, text }: { run: LabelledRun; text: string }) {
  return (
    <span data-writing={isWriting || undefined} data-problem={problems > 0 || undefined}>
      {text}
    </span>
  );
}

export function runElementId(handle: number): string {
  return `run-${handle}`;
}
