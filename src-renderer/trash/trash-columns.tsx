import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { TimeText } from '../format/TimeText.tsx';
import { NamedVersions } from '../records/NamedVersions.tsx';
import type { RecordColumn } from '../records/RecordTable.tsx';
import { reasonWords } from './trash-words.ts';

/** What is told of an operation in a line of the trash. */
export function trashColumns(onOpen: (operation: string) => void): RecordColumn<Trashed>[] {
  return [
    {
      id: 'what',
      label: 'Why',
      width: 'minmax(150px, 1fr)',
      cell: ({ operation, reason }) => (
        <button type="button" className="record-name" onClick={() => onOpen(operation)}>
          {reasonWords(reason)}
        </button>
      ),
    },
    {
      id: 'names',
      label: 'Versions',
      width: 'minmax(160px, 2fr)',
      cell: (trashed) => <NamedVersions {...trashed} />,
    },
    {
      id: 'count',
      label: 'Count',
      width: '56px',
      align: 'end',
      cell: ({ versionCount }) => formatCount(versionCount),
    },
    {
      id: 'size',
      label: 'Size',
      width: '74px',
      align: 'end',
      cell: ({ bytes }) => <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>,
    },
    {
      id: 'when',
      label: 'When',
      width: '112px',
      cell: ({ at }) => <TimeText className="record-dim" at={at} asAge />,
    },
  ];
}
