import { nameVersions } from '../format/format-version.ts';
import type { MenuEntry, OpenMenu } from './ContextMenu.tsx';
import { type Deed, doing } from './shortcuts.ts';
import { type CommandContext, judge, versionCommands } from './version-commands.ts';

const sections = ['look', 'mark', 'copy', 'act'] as const;
const deeds = Object.keys(doing) as Deed[];

/** Everything that can be done to the chosen versions; what is not possible with these is shown, and cannot be pressed. */
export function versionMenu(context: CommandContext, at: OpenMenu['at']): OpenMenu {
  const entry = (deed: Deed): MenuEntry => {
    const { words, run } = versionCommands[deed];
    const { isPossible, why } = judge(deed, context);
    return {
      label: words?.(context) ?? doing[deed].words,
      shortcut: doing[deed].keys[0],
      disabled: !isPossible,
      why,
      run: () => run(context),
    };
  };
  return {
    label: `What can be done with ${nameVersions(context.rows)}`,
    at,
    sections: sections.map((section) =>
      deeds.filter((deed) => versionCommands[deed].section === section).map(entry),
    ),
  };
}
