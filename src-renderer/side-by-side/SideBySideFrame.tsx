import { Button } from '@mantine/core';
import type { ReactNode, RefObject } from 'react';
import type { Call } from '../../shared/command/equivalent-command.ts';
import type { RowChoice } from '../../shared/comparison/choose-rows.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { useChartChoice } from '../charts/useChartChoice.ts';
import { Choice } from '../choice/Choice.tsx';
import { CommandLine } from '../command/CommandLine.tsx';
import { plural } from '../format/plural.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { SideBySideExport } from './SideBySideExport.tsx';

/** What stands side by side, and which rows of its table are shown. */
export interface Sides {
  runs: TableRuns;
  /** At least two. */
  rows: readonly VersionRow[];
  /** The place of the version that the others are held against. */
  baseline: number;
  choice: RowChoice;
  actions: RunActions;
}

interface Props {
  sides: Sides;
  /** What can be told of the view that is shown. */
  tools: ReactNode;
  /** The bars, while they are shown. */
  drawn: RefObject<DrawnPicture | null> | null;
  children: ReactNode;
}

const views = [
  { value: 'table' as const, label: 'Table' },
  { value: 'bars' as const, label: 'Bars' },
];

/** A view of versions side by side below what it can be told, and the way to the other view. */
export function SideBySideFrame({ sides, tools, drawn, children }: Props) {
  const [{ asBars }, change] = useChartChoice();
  const { rows, baseline, choice, actions } = sides;
  const versions = rows.map(({ handle }) => handle);
  return (
    <div className="side-by-side">
      <div className="side-tools" role="toolbar" aria-label="Side by side">
        <Choice
          label="Shown as"
          choices={views}
          value={asBars ? 'bars' : 'table'}
          onChange={(view) => change({ asBars: view === 'bars' })}
        />
        {tools}
        <span className="side-count">{plural(rows.length, 'version')}</span>
        <span className="toolbar-space" />
        <SideBySideExport
          shown={{ versions, baseline, rows: choice }}
          runId={rows[0]?.runId ?? ''}
          drawn={drawn}
        />
        <Button variant="default" onClick={() => actions.show('versions')}>
          Choose other versions
        </Button>
      </div>
      {children}
      <CommandLine calls={diffCalls(sides)} />
    </div>
  );
}

/** The baseline with each of the others. */
function diffCalls({ runs, rows, baseline }: Sides): Call[] {
  const base = rows[baseline];
  if (!base) return [];
  return rows
    .filter((row) => row !== base)
    .map((row) => ({ command: 'diff', words: [runs.pathOf(base), runs.pathOf(row)] }));
}
