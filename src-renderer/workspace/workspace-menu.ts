import type { OpenMenu } from '../commands/ContextMenu.tsx';
import { doing, everywhere } from '../commands/shortcuts.ts';
import { formatCount } from '../format/format-number.ts';
import type { PaletteCommand } from '../palette/palette-command.ts';
import type { WorkspaceActions } from './useWorkspaceCommands.ts';
import { whyNotCompare, whyNotCopy, whyNotOpen, whyNotPrune } from './why-not.ts';

const openKey = doing.details.keys[0];

/** What can be done to the chosen runs, as a menu. */
export function workspaceMenu(actions: WorkspaceActions, at: OpenMenu['at']): OpenMenu {
  const count = actions.count();
  const [noOpen, noCompare] = [whyNotOpen(count), whyNotCompare(count)];
  const several = `${formatCount(count)} runs`;
  return {
    label: count === 1 ? 'Run' : several,
    at,
    sections: [
      [
        {
          label: count === 1 ? 'Open' : `Open ${several}`,
          shortcut: openKey,
          disabled: noOpen !== null,
          why: noOpen,
          run: actions.open,
        },
        {
          label: 'Compare best',
          disabled: noCompare !== null,
          why: count === 1 ? null : noCompare,
          run: actions.compare,
        },
      ],
      [
        {
          label: count === 1 ? 'Copy path' : 'Copy paths',
          shortcut: doing.copyPath.keys[0],
          disabled: whyNotCopy(count) !== null,
          why: whyNotCopy(count),
          run: actions.copyPaths,
        },
        { label: doing.reveal.words, disabled: count !== 1, run: actions.reveal },
      ],
      [
        {
          label: count === 1 ? 'Prune…' : `Prune ${several}…`,
          disabled: whyNotPrune(count) !== null,
          why: whyNotPrune(count),
          run: actions.prune,
        },
      ],
    ],
  };
}

/** What can be done in the folder, as the palette offers it. */
export function workspacePalette(actions: WorkspaceActions): PaletteCommand[] {
  const count = actions.count();
  const command = (id: string, label: string, run: () => void, shortcut?: string): PaletteCommand => ({
    id: `workspace-${id}`,
    group: 'This folder',
    label,
    shortcut,
    run,
  });
  return [
    ...(whyNotOpen(count) === null
      ? [
          command(
            'open',
            count === 1 ? 'Open the selected run' : 'Open the selected runs',
            actions.open,
            openKey,
          ),
        ]
      : []),
    ...(whyNotCompare(count) === null ? [command('compare', 'Compare best', actions.compare)] : []),
    ...(whyNotPrune(actions.pruneCount()) === null
      ? [command('prune', count > 0 ? 'Prune the selected runs…' : 'Prune all runs…', actions.prune)]
      : []),
    command('search', 'Search for runs again', actions.searchAgain, everywhere.searchAgain.keys[0]),
    command('as-run', 'Open this folder as a run', actions.openAsRun),
  ];
}
