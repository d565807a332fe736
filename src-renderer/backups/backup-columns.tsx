import type { Backup } from '../../shared/ipc/writing-contract.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { NamedVersions } from '../records/NamedVersions.tsx';
import type { RecordColumn } from '../records/RecordTable.tsx';
import { backupName, stateWords } from './backup-words.ts';

/** What is told of a backup in a line of the list. */
export function backupColumns(onOpen: (backup: string) => void): RecordColumn<Backup>[] {
  return [
    {
      id: 'what',
      label: 'Backup',
      width: 'minmax(120px, 4fr)',
      cell: (each) => (
        <button
          type="button"
          className="record-name"
          title={backupName(each)}
          onClick={() => onOpen(each.backup)}
        >
          <bdi>{backupName(each)}</bdi>
        </button>
      ),
    },
    {
      id: 'when',
      label: 'When',
      width: 'minmax(92px, 104px)',
      cell: ({ at }) => <TimeText className="record-dim" at={at} asAge />,
    },
    {
      id: 'versions',
      label: 'Versions',
      width: 'minmax(70px, 1fr)',
      cell: ({ named, versionCount }) => <NamedVersions named={named} versionCount={versionCount} />,
    },
    {
      id: 'count',
      label: 'Count',
      width: '44px',
      minor: true,
      align: 'end',
      cell: ({ versionCount }) => formatCount(versionCount),
    },
    {
      id: 'size',
      label: 'Size',
      width: '66px',
      align: 'end',
      cell: ({ bytes }) => <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>,
    },
    {
      id: 'state',
      label: 'Last verified',
      width: 'minmax(110px, 150px)',
      cell: ({ state, verifiedAt }) => (
        <>
          <b className="record-state" data-state={state}>
            {stateWords[state]}
          </b>{' '}
          {verifiedAt !== null && <TimeText className="record-dim" at={verifiedAt} asAge />}
        </>
      ),
    },
    {
      id: 'where',
      label: 'Where',
      width: 'minmax(90px, 1fr)',
      minor: true,
      cell: ({ elsewhere }) => (
        <bdi className="record-dim" title={elsewhere === null ? undefined : visibleText(elsewhere)}>
          {elsewhere === null ? 'with the run' : visibleText(elsewhere)}
        </bdi>
      ),
    },
  ];
}
