import { ActionIcon, Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession, useSessionPart } from '../session/useSession.ts';
import { integrityCommands } from './integrity-commands.ts';
import './verify-menu.css';

/** What else there is to do about integrity: all open runs, a report, and checksums for a run that has none. */
export function VerifyMenu({ run, actions }: { run: RunSummary; actions: RunActions }) {
  const session = useSession();
  const runs = useSessionPart((state) => state.runs);
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
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
          {integrityCommands(run, runs, session, actions).map(({ label, isPossible, run: act }) => (
            <Button
              key={label}
              variant="subtle"
              justify="start"
              disabled={!isPossible}
              onClick={() => {
                close();
                act();
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
