import { Button } from '@mantine/core';
import type { Call } from '../../shared/command/equivalent-command.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { nameVersions } from '../format/format-version.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { byRun } from '../versions/by-run.ts';
import type { VersionList } from '../versions/version-list.ts';
import { lostByRun, lostWords } from './lost-words.ts';

interface Props {
  runs: TableRuns;
  list: VersionList;
  rows: readonly VersionRow[];
  opened: boolean;
  onClose: () => void;
  onMove: (rows: readonly VersionRow[]) => void;
}

/** Asked where the best, all, or all that are intact would go: a prune never takes these. */
export function TrashVersionsDialog({ opened, onClose, ...rest }: Props) {
  return (
    <Dialog
      title={`Move ${nameVersions(rest.rows)} to the trash?`}
      width={560}
      opened={opened}
      onClose={onClose}
    >
      <TrashVersions {...rest} onClose={onClose} />
    </Dialog>
  );
}

/** So many runs are told of, and so many versions are named in a command. */
const most = { runs: 20, named: 500 };

function TrashVersions({ runs, list, rows, onClose, onMove }: Omit<Props, 'opened'>) {
  const lost = lostByRun(list.rows(), rows);
  const parts = [...byRun(rows).values()];
  const told = parts.flatMap((own) => {
    const [row] = own;
    const found = row && lost.get(row.runId);
    if (!found) return [];
    const words = lostWords(found, own, runs.metricOf(row));
    return [{ runId: row.runId, words: parts.length > 1 ? `${runs.nameOf(row)}: ${words}` : words }];
  });
  const calls = parts.flatMap((own): Call[] => {
    const folder = own[0] && runs.of(own[0])?.folder;
    return folder === undefined ? [] : [{ command: 'trash', words: [folder, ...own.map(({ id }) => id)] }];
  });
  return (
    <>
      {told.slice(0, most.runs).map(({ runId, words }) => (
        <p key={runId} className="dialog-summary">
          {words}
        </p>
      ))}
      {told.length > most.runs && (
        <p className="dialog-hint">So with {told.length - most.runs} more of these runs.</p>
      )}
      <p className="dialog-hint">It can be undone until the trash is emptied.</p>
      {rows.length <= most.named && <CommandLine calls={calls} />}
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            onClose();
            onMove(rows);
          }}
        >
          Move to trash
        </Button>
      </div>
    </>
  );
}
