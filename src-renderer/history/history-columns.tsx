import { formatBytes } from '../format/format-bytes.ts';
import { formatCount, missing } from '../format/format-number.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { NamedVersions } from '../records/NamedVersions.tsx';
import type { RecordColumn } from '../records/RecordTable.tsx';
import { commandWords, resultWords, tookWords } from './history-words.ts';
import type { NumberedLine } from './numbered-lines.ts';

/** What is told of something that was done in a line of the history. */
export function historyColumns(onOpen: (key: string) => void): RecordColumn<NumberedLine>[] {
  return [
    {
      id: 'when',
      label: 'When',
      width: '104px',
      cell: ({ line: { at } }) => <TimeText className="record-dim" at={at} asAge />,
    },
    {
      id: 'what',
      label: 'What',
      width: 'minmax(160px, 1fr)',
      cell: ({ key, line }) => (
        <button type="button" className="record-name" onClick={() => onOpen(key)}>
          {commandWords(line.command)}
        </button>
      ),
    },
    {
      id: 'versions',
      label: 'Versions',
      width: 'minmax(120px, 2fr)',
      cell: ({ line: { named, versionCount } }) => (
        <NamedVersions named={named} versionCount={versionCount} />
      ),
    },
    {
      id: 'count',
      label: 'Count',
      width: '52px',
      align: 'end',
      cell: ({ line }) => formatCount(line.versionCount),
    },
    {
      id: 'bytes',
      label: 'Files',
      width: '70px',
      align: 'end',
      cell: ({ line: { bytes } }) => (bytes === null ? missing : formatBytes(bytes)),
    },
    {
      id: 'seconds',
      label: 'Took',
      width: '76px',
      align: 'end',
      cell: ({ line }) => tookWords(line.seconds),
    },
    {
      id: 'who',
      label: 'By',
      width: 'minmax(90px, 1fr)',
      cell: ({ line }) => <bdi className="record-dim">{visibleText(line.who)}</bdi>,
    },
    {
      id: 'result',
      label: 'Result',
      width: 'minmax(60px, 1fr)',
      cell: ({ line }) => (
        <span
          className="record-state"
          data-state={line.result === 'done' ? 'done' : 'failed'}
          title={resultWords(line)}
        >
          {resultWords(line)}
        </span>
      ),
    },
  ];
}
