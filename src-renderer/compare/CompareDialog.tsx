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
import { counterpart, othersOf } from './other-versions.ts';
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

function Compare({
  runs,
  list,
  row,
  other,
}: Omit<Props, 'opened' | 'onClose' | 'row'> & { row: VersionRow }) {
  const [handle, setHandle] = useState(() => (other ?? counterpart(row, list))?.handle ?? null);
  const { start, ...work } = useWork<DiffView>();
  useEffect(() => {
    if (handle === null) return;
    start(() => window.cairn.request('compareVersions', { a: handle, b: row.handle }));
  }, [start, handle, row.handle]);
  const second = handle === null ? null : (list.get(handle) ?? null);
  return (
    <>
      <div className="compare-pair">
        <NativeSelect
          label="From"
          value={handle ?? ''}
          data={othersOf(row, second, list).map((one) => ({
            value: String(one.handle),
            label: choiceLabel(one, runs),
          }))}
          onChange={({ currentTarget }) => setHandle(Number(currentTarget.value))}
        />
        <p>
          to <b>{fullLabel(row, runs)}</b> <bdi>{visibleText(row.id)}</bdi>
        </p>
      </div>
      {second && (
        <CommandLine calls={[{ command: 'diff', words: [runs.pathOf(second), runs.pathOf(row)] }]} />
      )}
      {handle === null && <p className="dialog-hint">There is no other version to compare it with.</p>}
      {work.running && <WorkBar words="Comparing" task={work.task} onCancel={work.cancel} />}
      <DialogFailure failure={work.failure} />
      {!work.running && work.value && <DiffReport diff={work.value} />}
      {!work.running && !work.value && !work.failure && handle !== null && (
        <p className="dialog-hint">Nothing was compared. Choose a version to begin again.</p>
      )}
    </>
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
