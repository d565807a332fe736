import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconFileExport,
  IconFolder,
  IconShieldCheck,
  IconTool,
  IconTransform,
  IconTrash,
  IconTrophy,
} from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { isRepairable } from '../convert/is-repairable.ts';
import { togglePins } from '../marks/mark-versions.ts';
import { goneWords } from '../run/gone-words.ts';
import { ReasonButton } from '../run/ReasonButton.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { useCopyChecksum } from '../table/useCopyChecksum.ts';
import { exportVersions } from '../verify/export-versions.ts';

interface Props {
  run: RunSummary;
  row: VersionRow;
  actions: RunActions;
}

/** What can be done to one version; all of it can be undone. Pins and backups of a run that must not be written to are kept elsewhere. */
export function VersionActions({ run, row, actions }: Props) {
  const { pinned } = row;
  const why = goneWords(run);
  return (
    <div className="details-actions" role="toolbar" aria-label="This version">
      <ReasonButton
        why={why}
        variant="default"
        aria-label="Compare weights…"
        title="Compare its weights with those of another version; or Ctrl-click both in the table"
        onClick={() => actions.open('compare', [row])}
      >
        Compare…
      </ReasonButton>
      <ReasonButton
        why={why}
        variant="default"
        aria-label="Back up this version"
        title="Copy this version to where it can be restored from"
        onClick={() => actions.open('backUp', [row])}
      >
        Back up
      </ReasonButton>
      <ReasonButton
        why={why}
        variant="default"
        title={pinned ? 'Let pruning remove it again' : 'Never prune this version'}
        onClick={() => togglePins([row])}
      >
        {pinned ? 'Unpin' : 'Pin'}
      </ReasonButton>
      <MoreActions run={run} row={row} actions={actions} />
    </div>
  );
}

function MoreActions({ run, row, actions }: Props) {
  const { runId, readOnly } = run;
  const isGone = goneWords(run) !== null;
  const session = useSession();
  const { copied, copy } = useCopyChecksum();
  const reveal = () => valueOrNotice(window.cairn.request('revealVersion', { runId, version: row.handle }));
  return (
    <Menu position="bottom-end" width={220} shadow="md" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label="More actions" title="More actions">
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconShieldCheck size={15} stroke={1.75} />}
          disabled={isGone}
          onClick={() => void session.verify(runId, [row])}
        >
          Verify
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileExport size={15} stroke={1.75} />}
          disabled={isGone || row.integrity.state === 'missing'}
          onClick={() => void exportVersions([row])}
        >
          Export…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTransform size={15} stroke={1.75} />}
          disabled={isGone || row.integrity.state === 'missing'}
          onClick={() => actions.open('convert', [row])}
        >
          Convert…
        </Menu.Item>
        {isRepairable(row.integrity) && (
          <Menu.Item
            leftSection={<IconTool size={15} stroke={1.75} />}
            onClick={() => actions.open('repair', [row])}
          >
            Repair…
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconTrophy size={15} stroke={1.75} />}
          disabled={isGone || row.integrity.state === 'missing'}
          onClick={() => actions.open('benchmark', [row])}
        >
          Benchmark…
        </Menu.Item>
        <Menu.Item leftSection={<IconFolder size={15} stroke={1.75} />} onClick={() => void reveal()}>
          Show in folder
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={15} stroke={1.75} />}
          disabled={row.checksum === null}
          closeMenuOnClick={false}
          onClick={() => copy(row)}
        >
          {copied === row.handle ? 'Checksum copied' : 'Copy checksum'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconTrash size={15} stroke={1.75} />}
          disabled={isGone || readOnly || row.integrity.state === 'missing'}
          onClick={() => actions.trash([row])}
        >
          Move to trash
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
