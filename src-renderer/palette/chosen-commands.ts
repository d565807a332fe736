import { type Deed, doing } from '../commands/shortcuts.ts';
import { type CommandContext, judge, versionCommands } from '../commands/version-commands.ts';
import { nameVersions } from '../format/format-version.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { Session } from '../session/session.ts';
import { chosenRows, type VersionsStore } from '../versions/versions-store.ts';
import type { PaletteCommand } from './palette-command.ts';

export interface ChosenParts {
  runs: TableRuns;
  store: VersionsStore;
  session: Session;
  actions: RunActions;
  showDetails: () => void;
}

/** What needs a place in the table, and is done there. */
const inTable = new Set<Deed>(['copyRows', 'copyCell', 'mark']);

/** What can be done to the chosen versions. */
export function chosenCommands({
  runs,
  store,
  session,
  actions,
  showDetails,
}: ChosenParts): PaletteCommand[] {
  const rows = chosenRows(store.snapshot());
  if (rows.length === 0) return [];
  const context: CommandContext = {
    runs,
    rows,
    columns: [],
    column: null,
    actions,
    verify: (chosen) => void session.verifyVersions(chosen),
    showDetails,
    editMarks: () => undefined,
  };
  const group = `Chosen: ${nameVersions(rows)}`;
  const deeds = (Object.keys(doing) as Deed[]).filter(
    (deed) => !inTable.has(deed) && judge(deed, context).isPossible,
  );
  const commands = deeds.map((deed) => ({
    id: `chosen-${deed}`,
    group,
    label: versionCommands[deed].words?.(context) ?? doing[deed].words,
    shortcut: doing[deed].keys[0],
    run: () => versionCommands[deed].run(context),
  }));
  if (rows.length < 2) return commands;
  return [
    { id: 'chosen-side-by-side', group, label: 'Side by side', run: () => actions.show('sideBySide') },
    ...commands,
  ];
}
