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
  IconTrophy,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { laterFirst } from '../compare/other-versions.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { MarksSection } from '../marks/MarksSection.tsx';
import { togglePins } from '../marks/mark-versions.ts';
import { marksInCommon } from '../marks/marks-in-common.ts';
import { SideBySidePage } from '../run/load-pages.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { whyNotWritten } from '../run/within-run-words.ts';
import { useSession } from '../session/useSession.ts';
import { exportVersions } from '../verify/export-versions.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { ChosenTable } from './ChosenTable.tsx';
import './chosen-sheet.css';

interface Props {
  runs: TableRuns;
  store: VersionsStore;
  /** Two or more, in the order of the table. */
  rows: readonly VersionRow[];
  actions: RunActions;
}

/** What several chosen versions are together, and what can be done to all of them. */
export function ChosenSheet({ runs, store, rows, actions }: Props) {
  const session = useSession();
  // At once: where several are chosen they are about to be compared.
  useEffect(() => void SideBySidePage.read(), []);
  const bytes = rows.reduce((sum, { file_size_bytes }) => sum + file_size_bytes, 0);
  const present = rows.filter(({ integrity }) => integrity.state !== 'missing');
  const { pinned } = marksInCommon(rows);
  const PinIcon = pinned ? IconPinnedOff : IconPin;
  return (
    <div className="details-body">
      <p className="chosen-sum">{formatBytes(bytes)} together</p>
      <div className="chosen-actions">
        <Button
          className="chosen-first"
          leftSection={<IconColumns size={15} stroke={1.75} />}
          onClick={() => actions.show('sideBySide')}
        >
          Side by side
        </Button>
        {rows.length === 2 && (
          <Button
            className="chosen-first"
            variant="default"
            leftSection={<IconArrowsDiff size={15} stroke={1.75} />}
            onClick={() => actions.open('compare', laterFirst(rows))}
          >
            Compare weights…
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={15} stroke={1.75} />}
          onClick={() => void session.verifyVersions(rows)}
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
          disabled={present.length === 0}
          leftSection={<IconTrophy size={15} stroke={1.75} />}
          onClick={() => actions.open('benchmark', present)}
        >
          Benchmark…
        </Button>
        <Button
          variant="default"
          leftSection={<PinIcon size={15} stroke={1.75} />}
          onClick={() => togglePins(rows)}
        >
          {pinned ? 'Unpin' : 'Pin'}
        </Button>
        <Button
          variant="default"
          disabled={present.length === 0}
          leftSection={<IconFileExport size={15} stroke={1.75} />}
          onClick={() => void exportVersions(present)}
        >
          Export…
        </Button>
        <ReasonButton
          why={whyNotWritten(runs, present)}
          variant="default"
          disabled={present.length === 0}
          leftSection={<IconTrash size={15} stroke={1.75} />}
          onClick={() => actions.trash(present)}
        >
          Move to trash
        </ReasonButton>
      </div>
      <ChosenTable runs={runs} store={store} rows={rows} />
      <MarksSection store={store} rows={rows} />
    </div>
  );
}
