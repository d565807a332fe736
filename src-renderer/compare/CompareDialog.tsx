import { NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DiffView } from '../../shared/model/contents-view.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionList } from '../versions/version-list.ts';
import { DiffReport } from './DiffReport.tsx';
import { counterpart, isLater, othersOf } from './other-versions.ts';
import './compare.css';

interface Props {
  runs: TableRuns;
  list: VersionList;
  row: VersionRow | null;
  /** What it is compared with at first; null for the best, or the latest where it is the best. */
  other: VersionRow | null;
  opened: boolean;
  onClose: () => void;
}

export function CompareDialog({ row, opened, onClose, ...rest }: Props) {
  return (
    <Dialog title="Compare weights" width={1000} opened={opened && row !== null} onClose={onClose}>
      {row && <Compare row={row} {...rest} />}
    </Dialog>
  );
}

type CompareProps = Omit<Props, 'opened' | 'onClose' | 'row'> & { row: VersionRow };

function Compare({ runs, list, row, other }: CompareProps) {
  const [second, choose] = useOther(row, other, list);
  if (second === null) return <p className="dialog-hint">There is no other version to compare it with.</p>;
  // Time goes forwards, unless somebody said what it is compared with.
  const isForwards = other !== null || !isLater(second, row);
  return (
    <>
      <div className="compare-pair">
        {!isForwards && <ComparedVersion word="From" row={row} runs={runs} />}
        <NativeSelect
          label={isForwards ? 'From' : 'To'}
          value={second.handle}
          data={othersOf(row, second, list).map((one) => ({
            value: String(one.handle),
            label: choiceLabel(one, runs),
          }))}
          onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
        />
        {isForwards && <ComparedVersion word="To" row={row} runs={runs} />}
      </div>
      <Outcome runs={runs} from={isForwards ? second : row} to={isForwards ? row : second} />
    </>
  );
}

/** What it is compared with, as it is now, and the way to choose another by its handle. */
function useOther(row: VersionRow, other: VersionRow | null, list: VersionList) {
  const [handle, choose] = useState(() => (other ?? counterpart(row, list))?.handle ?? null);
  return [handle === null ? null : (list.get(handle) ?? null), choose] as const;
}

function Outcome({ runs, from, to }: { runs: TableRuns; from: VersionRow; to: VersionRow }) {
  const { start, ...work } = useWork<DiffView>();
  const [a, b] = [from.handle, to.handle];
  useEffect(() => {
    start(() => window.cairn.request('compareVersions', { a, b }));
  }, [start, a, b]);
  return (
    <>
      <CommandLine calls={[{ command: 'diff', words: [runs.pathOf(from), runs.pathOf(to)] }]} />
      {work.running && <WorkBar words="Comparing" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {!work.running && work.value && <DiffReport diff={work.value} />}
      {!work.running && !work.value && !work.failure && (
        <p className="dialog-hint">Nothing was compared. Choose a version to begin again.</p>
      )}
    </>
  );
}

function ComparedVersion({ word, row, runs }: { word: string; row: VersionRow; runs: TableRuns }) {
  return (
    <p>
      {word} <b>{fullLabel(row, runs)}</b> <bdi>{visibleText(row.id)}</bdi>
    </p>
  );
}

function choiceLabel(row: VersionRow, runs: TableRuns): string {
  const roles = [row.is_best && 'best', row.is_latest && 'latest'].filter(Boolean).join(', ');
  return `${fullLabel(row, runs)}${roles ? ` (${roles})` : ''} · ${visibleText(row.id)}`;
}

/** With its run, where there are several. */
function fullLabel(row: VersionRow, runs: TableRuns): string {
  return runs.areSeveral ? `${runs.nameOf(row)} · ${versionLabel(row)}` : versionLabel(row);
}
