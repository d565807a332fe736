import { useHotkeys } from '@mantine/hooks';
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isAsking } from '../commands/is-asking.ts';
import { shownKeys } from '../commands/key-names.ts';
import type { Awaited } from './AwaitedField.tsx';
import type { PaletteCommand } from './palette-command.ts';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/spotlight/styles.css';
import './palette.css';

const [store, { open }] = createSpotlight();

interface Props {
  /** Asked for when it opens, and whenever they are others while it is open. */
  commands: () => readonly PaletteCommand[];
  /** What somebody typed who asked for it before it was there; null where nobody did. */
  awaited: Awaited | null;
  onThere: () => void;
}

/** So many are listed at once: a run may log thousands of metrics, and each is a column. */
const listed = 300;

/** Everything that can be done here, found by its words. */
export function CommandPalette({ commands, awaited, onThere }: Props) {
  const { opened } = useSpotlight(store);
  useHotkeys([['mod+K', () => isAsking() || open()]], []);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState(awaited?.text ?? '');
  const [typed, setTyped] = useState(awaited);
  // Before the next key, which is the first letter of a word already; the library waits for a timer.
  useEffect(() => {
    if (!opened || !field.current) return;
    field.current.focus({ preventScroll: true });
    if (typed) pressKeys(field.current, typed);
    setTyped(null);
  }, [opened, typed]);
  // The field that stood in for it gives the focus back before this takes it, with no key in between.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it comes
  useLayoutEffect(() => {
    onThere();
    if (awaited) open();
  }, []);
  const groups = useMemo(() => (opened ? grouped(commands()) : []), [opened, commands]);
  return (
    <Spotlight
      store={store}
      query={query}
      onQueryChange={setQuery}
      limit={listed}
      actions={groups}
      shortcut={null}
      highlightQuery
      scrollable
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      maxHeight={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      attributes={{ content: { 'aria-label': 'Commands' } }}
      nothingFound="No such command"
      searchProps={{
        ref: field,
        'aria-label': 'Find a command',
        placeholder: 'What do you want to do?',
        leftSection: <IconSearch size={16} stroke={1.75} />,
      }}
    />
  );
}

/** Has what was typed choose as it would have here, where words choose the first that is found. */
function pressKeys(field: HTMLInputElement, { text, keys }: Awaited): void {
  for (const code of text === '' ? keys : ['ArrowDown', ...keys])
    field.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }));
}

function grouped(commands: readonly PaletteCommand[]) {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    actions: commands
      .filter((command) => command.group === group)
      .map(({ id, label, shortcut, run }) => ({
        id,
        label,
        onClick: run,
        dimmedSections: false,
        rightSection: shortcut && <kbd className="palette-keys">{shownKeys(shortcut)}</kbd>,
      })),
  }));
}
