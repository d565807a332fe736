import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { Later } from '../app/Later.tsx';
import { onDemand } from '../app/on-demand.tsx';
import { isAsking } from '../commands/is-asking.ts';
import { type Awaited, AwaitedField, nothingTyped } from './AwaitedField.tsx';
import type { PaletteCommand } from './palette-command.ts';

const CommandPalette = onDemand(async () => (await import('./CommandPalette.tsx')).CommandPalette);

interface Props {
  /** Whether what is seen first is there. */
  after?: boolean;
  /** Asked for when it opens, and whenever they are others while it is open. */
  commands: () => readonly PaletteCommand[];
}

/** The command palette, read once there is something to see. Who asks for it before gets its field at once, and all of it then. */
export function Palette({ after = true, commands }: Props) {
  const [awaited, setAwaited] = useState<Awaited | null>(null);
  const [isThere, setThere] = useState(false);
  useHotkeys([['mod+K', () => setAwaited((typed) => (typed || isAsking() ? null : nothingTyped))]], []);
  const isAwaited = awaited !== null;
  return (
    <>
      {isAwaited && !isThere && (
        <AwaitedField awaited={awaited} onChange={setAwaited} onLeave={() => setAwaited(null)} />
      )}
      <Later after={after || isAwaited}>
        <CommandPalette commands={commands} awaited={awaited} onThere={() => setThere(true)} />
      </Later>
    </>
  );
}
