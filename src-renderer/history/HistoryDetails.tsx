import type { ReactNode } from 'react';
import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { RecordFacts } from '../records/RecordFacts.tsx';
import { bytesWords, commandWords, resultWords } from './history-words.ts';

interface Props {
  line: LogLine;
  /** What can be done about it. */
  children: ReactNode;
}

/** One thing that was done to the run, wholly told. */
export function HistoryDetails({ line, children }: Props) {
  const { at, who, bytes, seconds, versionCount, ids } = line;
  return (
    <>
      <h2>{commandWords(line.command)}</h2>
      {children}
      <RecordFacts
        facts={[
          ['When', <TimeText key="when" at={at} />],
          ['By', visibleText(who)],
          ['Result', resultWords(line)],
          ['Took', `${seconds} s`],
          [bytesWords(line.command), bytes === null ? null : `${formatBytes(bytes)} (${exactBytes(bytes)})`],
          ['Versions', versionCount > 0 ? plural(versionCount, 'version') : null],
        ]}
      />
      {ids.length > 0 && (
        <ul className="record-names" aria-label="Versions">
          {ids.map((id) => (
            <li key={id}>
              <bdi>{visibleText(id)}</bdi>
            </li>
          ))}
          {versionCount > ids.length && <li>and {plural(versionCount - ids.length, 'more', 'more')}</li>}
        </ul>
      )}
    </>
  );
}
