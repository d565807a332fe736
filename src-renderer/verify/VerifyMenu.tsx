import { ActionIcon, Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession, useSessionState } from '../session/useSession.ts';
import { saveReport } from './save-report.ts';
import './verify-menu.css';

/** What else there is to do about integrity: all open runs, a report, and checksums for a run that has none. */
export function VerifyMenu({ run, actions }: { run: RunSummary; actions: RunActions }) {
  const session = useSession();
  const { runs } = useSessionState();
  const [opened, { toggle, close }] = useDisclosure();
  const item = (label: string, act: () => void, disabled = false) => (
    <Button
      key={label}
      variant="subtle"
      justify="start"
      disabled={disabled}
      onClick={() => {
        close();
        act();
      }}
    >
      {label}
    </Button>
  );
  const all = runs.map(({ runId }) => runId);
  const several = runs.length > 1;
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          aria-label="More about integrity"
          title="More about integrity"
          aria-expanded={opened}
          onClick={toggle}
        >
          <IconChevronDown size={16} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="verify-menu">
          {item('Verify all open runs', () => void session.verifyAll(), !several)}
          {item('Save a report to read…', () => void saveReport([run.runId], 'html'))}
          {item('Save a report as JSON…', () => void saveReport([run.runId], 'json'))}
          {several && item('Save a report of all open runs…', () => void saveReport(all, 'html'))}
          {item('Seal files without a checksum…', () => actions.open('seal'), run.readOnly)}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
