import { Button } from '@mantine/core';
import {
  IconArchive,
  IconArrowsDiff,
  IconColumns,
  IconFileExport,
  IconPin,
  IconPinnedOff,
  IconShieldCheck,
  IconTrash,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { versionLabel } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import { MarksSection } from '../marks/MarksSection.tsx';
import { togglePins } from '../marks/mark-versions.ts';
import { marksInCommon } from '../marks/marks-in-common.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { WritingButton } from '../run/WritingButton.tsx';
import { useSession } from '../session/useSession.ts';
import { loadSideBySide } from '../side-by-side/load-side-by-side.ts';
import { exportVersions } from '../verify/export-versions.ts';
import type { RunStore } from '../versions/run-store.ts';

interface Props {
  run: RunSummary;
  store: RunStore;
  /** Two or more, in the order of the table. */
  rows: readonly VersionRow[];
  actions: RunActions;
}

/** So many of them are named. */
const named = 12;

/** What several chosen versions are together, and what can be done to all of them. */
export function ChosenSheet({ run: { runId, readOnly }, store, rows, actions }: Props) {
  const session = useSession();
  useEffect(() => void loadSideBySide(), []);
  const bytes = rows.reduce((sum, { file_size_bytes }) => sum + file_size_bytes, 0);
  const present = rows.filter(({ integrity }) => integrity.state !== 'missing');
  const { pinned } = marksInCommon(rows);
  const PinIcon = pinned ? IconPinnedOff : IconPin;
  return (
    <div className="details-body chosen">
      <p className="chosen-sum">
        {plural(rows.length, 'version')}, {formatBytes(bytes)} together
      </p>
      <div className="details-actions">
        <Button
          variant="default"
          leftSection={<IconColumns size={15} stroke={1.75} />}
          onClick={() => actions.show('sideBySide')}
        >
          Side by side
        </Button>
        {rows.length === 2 && (
          <Button
            variant="default"
            leftSection={<IconArrowsDiff size={15} stroke={1.75} />}
            onClick={() => actions.open('compare', rows.toReversed())}
          >
            Compare weights…
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={15} stroke={1.75} />}
          onClick={() => void session.verify(runId, rows)}
        >
          Verify
        </Button>
        <Button
          variant="default"
          leftSection={<IconArchive size={15} stroke={1.75} />}
          onClick={() => actions.open('backUp', rows)}
        >
          Back up…
        </Button>
        <Button
          variant="default"
          leftSection={<PinIcon size={15} stroke={1.75} />}
          onClick={() => togglePins(runId, rows)}
        >
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
        <Button
          variant="default"
          disabled={present.length === 0}
          leftSection={<IconFileExport size={15} stroke={1.75} />}
          onClick={() => void exportVersions(runId, present)}
        >
          Export…
        </Button>
        <WritingButton
          readOnly={readOnly}
          variant="default"
          disabled={present.length === 0}
          leftSection={<IconTrash size={15} stroke={1.75} />}
          onClick={() => actions.trash(present)}
        >
          Move to trash
        </WritingButton>
      </div>
      <MarksSection store={store} rows={rows} />
      <ul className="chosen-list" aria-label="Chosen versions">
        {rows.slice(0, named).map((row) => (
          <li key={row.handle}>
            <button type="button" className="link" onClick={() => store.select(row.handle)}>
              {versionLabel(row)}
            </button>
          </li>
        ))}
      </ul>
      {rows.length > named && <p className="overview-hint">and {plural(rows.length - named, 'other')}</p>}
    </div>
  );
}
