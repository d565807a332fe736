import { exportShown } from '../commands/export-shown.tsx';
import { choosing, doing, grouping as groupKeys } from '../commands/shortcuts.ts';
import { nameVersions } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import { markVersions } from '../marks/mark-versions.ts';
import { marksInCommon } from '../marks/marks-in-common.ts';
import type { RunTable } from '../run/useRunTable.ts';
import { chooseRows, foldAll } from '../table/fold-groups.ts';
import { densities } from '../table/geometry.ts';
import { groupingsFor } from '../table/groupings.ts';
import { emptyLayout, groupSummaries, type TableLayout } from '../table/table-layout.ts';
import { densityWords, summaryWords } from '../toolbar/row-words.ts';
import { showAll } from '../versions/filter-rows.ts';
import { chosenRows, type VersionsStore } from '../versions/versions-store.ts';
import type { SavedView } from '../views/saved-views.ts';
import { showView } from '../views/show-view.ts';
import type { PaletteCommand } from './palette-command.ts';

/** The table that is on the screen, and what stands beside it. */
export interface TableParts {
  store: VersionsStore;
  runTable: RunTable;
  /** Views that are offered for it. */
  views: readonly SavedView[];
  /** Opens the menu in which what is shown is saved as a view. */
  openViews: () => void;
  /** The tags that its versions have. */
  knownTags: () => readonly string[];
  /** Opens what edits the tags and the note of the chosen versions. */
  editMarks: () => void;
}

/** What can be done with the table: how it is arranged, what it shows, and the marks of what is chosen in it. */
export function tableCommands(parts: TableParts): PaletteCommand[] {
  return [
    ...marking(parts),
    ...ofTable(parts),
    ...ofViews(parts),
    ...ofGroups(parts),
    ...parts.runTable.table.getAllLeafColumns().flatMap((column) => ofColumn(column, parts)),
  ];
}

function marking({ store, knownTags, editMarks }: TableParts): PaletteCommand[] {
  const rows = chosenRows(store.snapshot());
  if (rows.length === 0) return [];
  const group = `Chosen: ${nameVersions(rows)}`;
  const { tags } = marksInCommon(rows);
  const change = (id: string, label: string, tag: string, changed: 'addTags' | 'removeTags') => ({
    id: `${id}-${tag}`,
    group,
    label: `${label} ${visibleText(tag)}`,
    run: () => void markVersions(rows, { [changed]: [tag] }),
  });
  return [
    {
      id: 'chosen-mark',
      group,
      label: doing.mark.words,
      shortcut: doing.mark.keys[0],
      run: editMarks,
    },
    ...knownTags()
      .filter((tag) => !tags.includes(tag))
      .map((tag) => change('tag', 'Tag with', tag, 'addTags')),
    ...tags.map((tag) => change('untag', 'Remove the tag', tag, 'removeTags')),
  ];
}

function ofTable({ store, runTable }: TableParts): PaletteCommand[] {
  const { table, layout, changeLayout } = runTable;
  const { filter, shown, list } = store.snapshot();
  const columns = () => table.getVisibleLeafColumns().map(({ id }) => id);
  const command = (id: string, label: string, run: () => void, shortcut?: string): PaletteCommand => ({
    id: `table-${id}`,
    group: 'Table',
    label,
    run,
    shortcut,
  });
  const ofShown = [
    command('csv', 'Export the list as CSV…', () => void exportShown(store, columns(), 'csv')),
    command('json', 'Export the list as JSON…', () => void exportShown(store, columns(), 'json')),
    command(
      'choose',
      choosing.chooseAll.words,
      () => chooseRows(store, list.shownRows()),
      choosing.chooseAll.keys[0],
    ),
  ];
  return [
    ...(shown.length > 0 ? ofShown : []),
    ...(filter.onlyProblems
      ? []
      : [
          command('problems', 'Show problems only', () =>
            store.setFilter({ ...showAll, onlyProblems: true }),
          ),
        ]),
    ...(shown.length < list.total
      ? [command('all', 'Show all versions', () => store.setFilter(showAll))]
      : []),
    ...densities
      .filter((density) => density !== layout.density)
      .map((density) =>
        command(`height-${density}`, `Row height: ${densityWords[density].toLowerCase()}`, () =>
          changeLayout((old) => ({ ...old, density })),
        ),
      ),
    command('reset', 'Reset columns and sorting', () => changeLayout(() => emptyLayout)),
  ];
}

function ofViews({ store, runTable, views, openViews }: TableParts): PaletteCommand[] {
  const group = 'Views';
  return [
    ...views.map((view) => ({
      id: `view-${JSON.stringify([view.folder, view.name])}`,
      group,
      label: `Show view ${visibleText(view.name)}`,
      run: () => showView(store, runTable, view),
    })),
    { id: 'save-view', group, label: 'Save what is shown as a view…', run: openViews },
  ];
}

function ofGroups({ store, runTable }: TableParts): PaletteCommand[] {
  const { columns, grouping, layout, changeLayout } = runTable;
  const set = (change: Partial<TableLayout>) => () => changeLayout((old) => ({ ...old, ...change }));
  const command = (id: string, label: string, run: () => void, shortcut?: string): PaletteCommand => ({
    id: `group-${id}`,
    group: 'Groups',
    label,
    run,
    shortcut,
  });
  const { foldAll: collapse, unfoldAll: expand } = groupKeys;
  const whileGrouped = [
    command(':none', 'Do not group', set({ group: null })),
    command(':collapse', collapse.words, () => foldAll(store, true), collapse.keys[0]),
    command(':expand', expand.words, () => foldAll(store, false), expand.keys[0]),
    ...groupSummaries
      .filter((summary) => summary !== layout.summary)
      .map((summary) =>
        command(
          `:numbers-${summary}`,
          `Group values: ${summaryWords[summary].toLowerCase()}`,
          set({ summary }),
        ),
      ),
  ];
  return [
    ...(grouping ? whileGrouped : []),
    ...groupingsFor(columns)
      .filter(({ id }) => id !== grouping?.id)
      .map(({ id, label }) => command(id, `Group by ${label}`, set({ group: id }))),
  ];
}

type Column = ReturnType<RunTable['table']['getAllLeafColumns']>[number];

function ofColumn(column: Column, { runTable: { changeLayout } }: TableParts): PaletteCommand[] {
  const { id } = column;
  const label = column.columnDef.meta?.column.label ?? '';
  const command = (does: string, words: string, run: () => void): PaletteCommand => ({
    id: `column-${does}-${id}`,
    group: 'Columns',
    label: words,
    run,
  });
  const sort = (desc: boolean) => () => changeLayout((old) => ({ ...old, sort: { id, desc } }));
  const sorted = column.getIsSorted();
  return [
    column.getIsVisible()
      ? command('hide', `Hide column ${label}`, () => column.toggleVisibility(false))
      : command('show', `Show column ${label}`, () => column.toggleVisibility(true)),
    ...(sorted === 'asc' ? [] : [command('ascending', `Sort by ${label}, ascending`, sort(false))]),
    ...(sorted === 'desc' ? [] : [command('descending', `Sort by ${label}, descending`, sort(true))]),
  ];
}
