import { notifications } from '@mantine/notifications';
import { isProblem } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { laterFirst } from '../compare/other-versions.ts';
import { isRepairable } from '../convert/is-repairable.ts';
import { nameVersions } from '../format/format-version.ts';
import { togglePins } from '../marks/mark-versions.ts';
import { marksInCommon } from '../marks/marks-in-common.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { whyNotWritten } from '../run/within-run-words.ts';
import { exportVersions } from '../verify/export-versions.ts';
import { copyCells, copyChecksum, copyPlaces } from './copy-versions.ts';
import { type Deed, doing } from './shortcuts.ts';

/** What a command is done to, and with. */
export interface CommandContext {
  runs: TableRuns;
  /** The chosen versions that are seen, in the order of the table. */
  rows: readonly VersionRow[];
  /** The columns that are shown, by their ids. */
  columns: readonly string[];
  /** The column that was pointed at, if any was. */
  column: string | null;
  actions: RunActions;
  verify: (rows: readonly VersionRow[]) => void;
  showDetails: () => void;
  /** Opens what edits tags and note, beside the table. */
  editMarks: (rows: readonly VersionRow[]) => void;
}

/** Something that can be done to the chosen versions, by a key or from a menu. */
interface VersionCommand {
  /** Commands that belong together stand together in a menu. */
  section: 'look' | 'mark' | 'copy' | 'act';
  words?: (context: CommandContext) => string;
  isPossible: (context: CommandContext) => boolean;
  /** Why it is not to be done to these, where that has to be said; null where nothing stands in its way. */
  why?: (context: CommandContext) => string | null;
  run: (context: CommandContext) => void;
}

const any = ({ rows }: CommandContext) => rows.length > 0;
const one = ({ rows }: CommandContext) => rows.length === 1;
const withFile = ({ rows }: CommandContext) => rows.length > 0 && rows.every(isPresent);
/** Of a version that is whole it is known how many backups with the run hold it. */
const isRestorable = ({ integrity, backups }: VersionRow) => isProblem(integrity.state) || backups > 0;
const isPresent = ({ integrity }: VersionRow) => integrity.state !== 'missing';

export const versionCommands: Record<Deed, VersionCommand> = {
  details: { section: 'look', isPossible: any, run: ({ showDetails }) => showDetails() },
  sideBySide: {
    section: 'look',
    isPossible: ({ rows }) => rows.length > 1,
    run: ({ actions }) => actions.show('sideBySide'),
  },
  compare: {
    section: 'look',
    isPossible: (context) => withFile(context) && context.rows.length <= 2,
    run: ({ actions, rows }) => actions.open('compare', laterFirst(rows)),
  },
  verify: { section: 'look', isPossible: any, run: ({ verify, rows }) => verify(rows) },
  reveal: {
    section: 'look',
    isPossible: one,
    run: ({ rows: [row] }) =>
      row &&
      void valueOrNotice(window.cairn.request('revealVersion', { runId: row.runId, version: row.handle })),
  },
  pin: {
    section: 'mark',
    words: ({ rows }) => (marksInCommon(rows).pinned ? 'Unpin' : 'Pin'),
    isPossible: any,
    run: ({ rows }) => togglePins(rows),
  },
  mark: { section: 'mark', isPossible: any, run: ({ editMarks, rows }) => editMarks(rows) },
  copyRows: {
    section: 'copy',
    words: ({ rows }) => (rows.length === 1 ? 'Copy row' : `Copy ${nameVersions(rows)} as a table`),
    isPossible: any,
    run: ({ rows, columns }) => void copyCells(rows, columns),
  },
  copyCell: {
    section: 'copy',
    isPossible: (context) => one(context) && context.column !== null,
    run: ({ rows, column }) => void copyCells(rows, column === null ? [] : [column], false),
  },
  copyChecksum: {
    section: 'copy',
    isPossible: (context) => one(context) && context.rows[0]?.checksum !== null,
    run: ({ rows: [row] }) => row && void copyChecksum(row),
  },
  copyPath: {
    section: 'copy',
    words: ({ rows }) => (rows.length > 1 ? 'Copy paths' : 'Copy path'),
    isPossible: withFile,
    run: ({ rows }) => void copyPlaces(rows, 'plain'),
  },
  copySnippet: {
    section: 'copy',
    isPossible: (context) => one(context) && withFile(context),
    run: ({ rows }) => void copyPlaces(rows, 'python'),
  },
  backUp: { section: 'act', isPossible: withFile, run: ({ actions, rows }) => actions.open('backUp', rows) },
  restore: {
    section: 'act',
    isPossible: ({ rows, runs }) =>
      rows.length === 1 && rows.some((row) => isRestorable(row) && !runs.of(row)?.readOnly),
    run: ({ actions, rows }) => actions.open('restore', rows),
  },
  benchmark: {
    section: 'act',
    isPossible: ({ rows }) => rows.some(isPresent),
    run: ({ actions, rows }) => actions.open('benchmark', rows),
  },
  exportFiles: {
    section: 'act',
    isPossible: ({ rows }) => rows.some(isPresent),
    run: ({ rows }) => void exportVersions(rows.filter(isPresent)),
  },
  convert: {
    section: 'act',
    isPossible: (context) => one(context) && withFile(context),
    run: ({ actions, rows }) => actions.open('convert', rows),
  },
  repair: {
    section: 'act',
    isPossible: (context) => one(context) && context.rows.every(({ integrity }) => isRepairable(integrity)),
    run: ({ actions, rows }) => actions.open('repair', rows),
  },
  trash: {
    section: 'act',
    isPossible: ({ rows }) => rows.some(isPresent),
    why: ({ runs, rows }) => whyNotWritten(runs, rows),
    run: ({ actions, rows }) => actions.trash(rows.filter(isPresent)),
  },
};

const byKey = new Map(
  (Object.keys(doing) as Deed[]).flatMap((deed) => doing[deed].keys.map((key) => [key, deed] as const)),
);

/** The command of a key, where the key has one. */
export function deedOf(key: string): Deed | undefined {
  return byKey.get(key as never);
}

/** Whether it can be done to what is chosen; where that is not plain, why not. */
export function judge(deed: Deed, context: CommandContext): { isPossible: boolean; why: string | null } {
  const { isPossible, why } = versionCommands[deed];
  if (!isPossible(context)) return { isPossible: false, why: null };
  const reason = why?.(context) ?? null;
  return { isPossible: reason === null, why: reason };
}

const refused = 'why-not-performed';

/** Does it, if that is possible with what is chosen; where that is not plain, says why not: a key has no button to explain itself. */
export function perform(deed: Deed, context: CommandContext): void {
  const { isPossible, why } = judge(deed, context);
  if (isPossible) versionCommands[deed].run(context);
  else if (why !== null) {
    notifications.hide(refused);
    notifications.show({ id: refused, message: why });
  }
}
