import { ActionIcon, Tooltip } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { type Call, equivalentCommand } from '../../shared/command/equivalent-command.ts';
import { plural } from '../format/plural.ts';
import { useSessionPart } from '../session/useSession.ts';
import './command-line.css';

/** How long it is said that the command was copied, in milliseconds. */
const patience = 2000;

/** The commands that do the same in a terminal, a line each, of several the first until they are unfolded, and a button that copies them; nothing where there are none. */
export function CommandLine({ calls }: { calls: readonly Call[] }) {
  const environment = useSessionPart((state) => state.environment);
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const { start } = useTimeout(() => setCopied(false), patience);
  const shell = environment?.platform.startsWith('win32') ? 'powershell' : 'posix';
  const copy = () => {
    field.current?.select();
    // The clipboard itself is closed to the page, which must not read it.
    if (!document.execCommand('copy')) return;
    setCopied(true);
    start();
  };
  if (calls.length === 0) return null;
  const label = copied ? 'Copied' : copyWords(calls);
  return (
    <div className="command-line" data-folded={(calls.length > 1 && !unfolded) || undefined}>
      <textarea
        ref={field}
        readOnly
        rows={1}
        spellCheck={false}
        aria-label="The same on the command line"
        value={calls.map((call) => equivalentCommand(call, shell)).join('\n')}
      />
      {calls.length > 1 && (
        <button
          type="button"
          className="command-more"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {unfolded ? 'first command only' : `and ${plural(calls.length - 1, 'more command')}`}
        </button>
      )}
      <Tooltip label={label}>
        <ActionIcon aria-label={label} onClick={copy}>
          {copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function copyWords({ length }: readonly Call[]): string {
  return length === 1 ? 'Copy the command' : `Copy the ${length} commands`;
}
