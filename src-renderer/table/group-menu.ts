import type { OpenMenu } from '../commands/ContextMenu.tsx';
import { grouping } from '../commands/shortcuts.ts';
import { plural } from '../format/plural.ts';
import type { RowGroup } from '../versions/arrange-groups.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { chooseRows, foldAll, toggleFolded } from './fold-groups.ts';

/** What can be done with a group. */
export function groupMenu(store: VersionsStore, group: RowGroup, at: OpenMenu['at']): OpenMenu {
  const choose = () => chooseRows(store, store.snapshot().list.rowsOf(group));
  return {
    label: `Group ${group.key}`,
    at,
    sections: [
      [{ label: `Select its ${plural(group.count, 'version')}`, shortcut: ' ', run: choose }],
      [
        {
          label: group.folded ? 'Expand' : 'Collapse',
          shortcut: 'Enter',
          run: () => toggleFolded(store, group.key),
        },
        {
          label: grouping.foldAll.words,
          shortcut: grouping.foldAll.keys[0],
          run: () => foldAll(store, true),
        },
        {
          label: grouping.unfoldAll.words,
          shortcut: grouping.unfoldAll.keys[0],
          run: () => foldAll(store, false),
        },
      ],
    ],
  };
}
