import { ActionIcon, Tooltip } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { type Call, equivalentCommand } from '../../shared/command/equivalent-command.ts';
import { useSessionState } from '../session/useSession.ts';
import './command-line.css';

/** How long it is said that the command was copied, in milliseconds. */
const patience = 2000;

/** The command that does the same in a terminal, and a button that copies it. */
export function CommandLine({ call }: { call: Call }) {
  const { environment } = useSessionState();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), patience);
  const isWindows = environment?.platform.startsWith('win32') ?? false;
  const copy = () => {
    field.current?.select();
    // The clipboard itself is closed to the page, which must not read it.
    if (!document.execCommand('copy')) return;
    setCopied(true);
    start();
  };
  const label = copied ? 'Copied' : 'Copy the command';
  return (
    <div className="command-line">
      <textarea
        ref={field}
        readOnly
        rows={1}
        spellCheck={false}
        aria-label="The same on the command line"
        value={equivalentCommand(call, isWindows ? 'powershell' : 'posix')}
      />
      <Tooltip label={label}>
        <ActionIcon aria-label={label} onClick={copy}>
          {copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
