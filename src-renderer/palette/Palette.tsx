import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { Later } from '../app/Later.tsx';
import { onDemand } from '../app/on-demand.tsx';
import type { PaletteCommand } from './palette-command.ts';

const CommandPalette = onDemand(async () => (await import('./CommandPalette.tsx')).CommandPalette);

interface Props {
  /** Whether what is seen first is there. */
  after?: boolean;
  /** Asked for each time it opens, and while it is open. */
  commands: () => readonly PaletteCommand[];
}

/** The command palette, read once there is something to see. Who asks for it before gets it then. */
export function Palette({ after = true, commands }: Props) {
  const [isAsked, setAsked] = useState(false);
  useHotkeys([['mod+K', () => setAsked(true)]], []);
  return (
    <Later after={after || isAsked}>
      <CommandPalette commands={commands} opensAtOnce={isAsked} />
    </Later>
  );
}
