import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatTimestamp } from '../format/format-time.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { WritingButton } from '../run/WritingButton.tsx';
import { nameVersions, reasonWords } from './trash-words.ts';

interface Props {
  run: RunSummary;
  operations: readonly Trashed[];
  busy: boolean;
  onBringBack: (operation: Trashed) => void;
}

/** The operations that can be taken back, the newest first. */
export function TrashList({ run, operations, busy, onBringBack }: Props) {
  if (operations.length === 0) return null;
  return (
    <ul className="trash-list" aria-label="In the trash">
      {operations.map((trashed) => (
        <li key={trashed.operation} className="trash-item" data-operation={trashed.operation}>
          <div>
            <b>{reasonWords(trashed.reason)}</b>
            <span className="trash-facts">
              {formatTimestamp(trashed.at)} · {plural(trashed.versionCount, 'version')} ·{' '}
              {formatBytes(trashed.bytes)}
            </span>
            <bdi className="trash-names" title={trashed.ids.map(visibleText).join('\n')}>
              {nameVersions(trashed)}
            </bdi>
          </div>
          <WritingButton
            readOnly={run.readOnly}
            variant="default"
            disabled={busy}
            onClick={() => onBringBack(trashed)}
          >
            Bring back
          </WritingButton>
        </li>
      ))}
    </ul>
  );
}
