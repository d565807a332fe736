import type { RunSummary } from '../../shared/model/run.ts';
import { formatCount } from '../format/format-number.ts';
import { closeRun } from '../leaving/close-open.ts';
import { type RunActions, runPages } from '../run/useRunActions.ts';
import type { Session } from '../session/session.ts';
import { integrityCommands } from '../verify/integrity-commands.ts';
import type { RunStore } from '../versions/run-store.ts';
import { type ChosenParts, chosenCommands } from './chosen-commands.ts';
import type { PaletteCommand } from './palette-command.ts';

interface Parts extends ChosenParts {
  run: RunSummary;
  store: RunStore;
  session: Session;
  actions: RunActions;
}

/** What can be done to the open run and to its chosen versions, and the way to its pages. */
export function runCommands(parts: Parts): PaletteCommand[] {
  return [...chosenCommands(parts), ...ofRun(parts), ...toPages(parts)];
}

function ofRun({ run, store, session, actions }: Parts): PaletteCommand[] {
  const { readOnly, runId } = run;
  const command = (id: string, label: string, does: () => void): PaletteCommand => ({
    id: `this-${id}`,
    group: 'This run',
    label,
    run: does,
  });
  const { best, latest, shown } = store.snapshot().list;
  return [
    command('verify', 'Verify run', () => void session.verify(runId)),
    ...(readOnly ? [] : [command('prune', 'Prune…', () => actions.open('prune'))]),
    command('back-up', 'Back up the run…', () => actions.open('backUp')),
    command('benchmark', `Benchmark all that are shown (${formatCount(shown.length)})…`, () =>
      actions.open('benchmark', [...store.snapshot().list.shownRows()]),
    ),
    ...integrityCommands(run, session.snapshot().runs, session, actions)
      .filter(({ isPossible }) => isPossible)
      .map(({ label, run: act }) => command(label, label, act)),
    command('search', 'Search this folder for runs', () => void session.searchBelowRun(runId)),
    command('drift', 'Layers over the run…', () => actions.open('drift')),
    ...(best ? [command('best', 'Select the best version', () => store.select(best.handle))] : []),
    ...(latest ? [command('latest', 'Select the latest version', () => store.select(latest.handle))] : []),
    command('close', 'Close this run', () => void closeRun(session, runId)),
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
