import type { RunSummary } from '../../shared/model/run.ts';
import { type Deed, doing } from '../commands/shortcuts.ts';
import { type CommandContext, versionCommands } from '../commands/version-commands.ts';
import { nameVersions } from '../format/format-version.ts';
import { type RunActions, runPages } from '../run/useRunActions.ts';
import type { Session } from '../session/session.ts';
import { integrityCommands } from '../verify/integrity-commands.ts';
import { chosenRows, type RunStore } from '../versions/run-store.ts';
import type { PaletteCommand } from './palette-command.ts';

interface Parts {
  run: RunSummary;
  store: RunStore;
  session: Session;
  actions: RunActions;
  showDetails: () => void;
}

/** What needs a place in the table, and is done there. */
const inTable = new Set<Deed>(['copyRows', 'copyCell', 'mark']);

/** What can be done to the open run and to its chosen versions, and the way to its pages. */
export function runCommands(parts: Parts): PaletteCommand[] {
  return [...ofChosen(parts), ...ofRun(parts), ...toPages(parts)];
}

function ofChosen({ run, store, session, actions, showDetails }: Parts): PaletteCommand[] {
  const rows = chosenRows(store.snapshot());
  if (rows.length === 0) return [];
  const context: CommandContext = {
    run,
    rows,
    columns: [],
    column: null,
    actions,
    verify: (chosen) => void session.verify(run.runId, chosen),
    showDetails,
    editMarks: () => undefined,
  };
  const group = `Chosen: ${nameVersions(rows)}`;
  const deeds = (Object.keys(doing) as Deed[]).filter(
    (deed) => !inTable.has(deed) && versionCommands[deed].isPossible(context),
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

function ofRun({ run, store, session, actions }: Parts): PaletteCommand[] {
  const { readOnly, runId } = run;
  const command = (id: string, label: string, does: () => void): PaletteCommand => ({
    id: `this-${id}`,
    group: 'This run',
    label,
    run: does,
  });
  const { best, latest } = store.snapshot().list;
  return [
    command('verify', 'Verify run', () => void session.verify(runId)),
    ...(readOnly ? [] : [command('prune', 'Prune…', () => actions.open('prune'))]),
    command('back-up', 'Back up the run…', () => actions.open('backUp')),
    ...integrityCommands(run, session.snapshot().runs, session, actions)
      .filter(({ isPossible }) => isPossible)
      .map(({ label, run: act }) => command(label, label, act)),
    command('drift', 'Layers over the run…', () => actions.open('drift')),
    ...(best ? [command('best', 'Select the best version', () => store.select(best.handle))] : []),
    ...(latest ? [command('latest', 'Select the latest version', () => store.select(latest.handle))] : []),
    command('close', 'Close this run', () => void session.closeRun(runId)),
  ];
}

function toPages({ actions }: Parts): PaletteCommand[] {
  return runPages.map(({ value, label }) => ({
    id: `page-${value}`,
    group: 'Go to',
    label,
    run: () => actions.show(value),
  }));
}
