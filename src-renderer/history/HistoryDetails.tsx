import type { ReactNode } from 'react';
import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { listAllVersions } from '../format/list-versions.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { NamedFiles } from '../records/NamedVersions.tsx';
import { RecordFacts } from '../records/RecordFacts.tsx';
import { bytesWords, commandWords, resultWords, tookWords } from './history-words.ts';

interface Props {
  line: LogLine;
  /** What can be done about it. */
  children: ReactNode;
}

/** One thing that was done to the run, wholly told. */
export function HistoryDetails({ line, children }: Props) {
  const { at, who, bytes, seconds, versionCount, named } = line;
  return (
    <>
      <h2>{commandWords(line.command)}</h2>
      {children}
      <RecordFacts
        facts={[
          ['When', <TimeText key="when" at={at} />],
          ['By', visibleText(who)],
          ['Result', resultWords(line)],
          ['Took', tookWords(seconds)],
          [bytesWords(line.command), bytes === null ? null : `${formatBytes(bytes)} (${exactBytes(bytes)})`],
          ['Versions', listAllVersions(line)],
        ]}
      />
      <NamedFiles named={named} versionCount={versionCount} />
    </>
  );
}
