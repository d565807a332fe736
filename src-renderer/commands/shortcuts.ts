/** The keys of the window, each once: the table, its menus, and the list that `?` shows go by these. */
export interface Shortcut {
  /** As {@link import('./key-names.ts').nameOfPress} names them; `g g` is one after the other. */
  keys: readonly string[];
  words: string;
}

/** What moves in the table. */
export const moving = {
  down: { keys: ['ArrowDown', 'j'], words: 'Next line' },
  up: { keys: ['ArrowUp', 'k'], words: 'Line before' },
  pageDown: { keys: ['PageDown'], words: 'One view down' },
  pageUp: { keys: ['PageUp'], words: 'One view up' },
  first: { keys: ['Home', 'g g'], words: 'First line' },
  last: { keys: ['End', 'G'], words: 'Last line' },
} as const satisfies Record<string, Shortcut>;
export type Movement = keyof typeof moving;

export const choosing = {
  toggle: { keys: [' '], words: 'Add this version to the selection, or remove it' },
  chooseAll: { keys: ['Mod+a'], words: 'Select all that are shown' },
  leave: { keys: ['Escape'], words: 'Select one alone; then leave the filter; then select none' },
} as const satisfies Record<string, Shortcut>;

export const grouping = {
  fold: { keys: ['ArrowLeft', 'h'], words: 'Collapse the group, or go to its heading' },
  unfold: { keys: ['ArrowRight', 'l'], words: 'Expand the group' },
  foldAll: { keys: ['Shift+ArrowLeft', 'H'], words: 'Collapse all groups' },
  unfoldAll: { keys: ['Shift+ArrowRight', 'L'], words: 'Expand all groups' },
} as const satisfies Record<string, Shortcut>;

export const everywhere = {
  filter: { keys: ['/', 'Mod+f'], words: 'Filter versions, or runs' },
  palette: { keys: ['Mod+k'], words: 'Find a command' },
  open: { keys: ['Mod+o'], words: 'Open a run, or a folder of runs' },
  openFile: { keys: ['Mod+Shift+o'], words: 'Open a checkpoint' },
  allRuns: { keys: ['Mod+Shift+a'], words: 'All open runs in one table' },
  searchAgain: { keys: ['F5'], words: 'Search for runs again, in a folder of runs' },
  settings: { keys: ['Mod+,'], words: 'Settings' },
  undo: { keys: ['Mod+z'], words: 'Undo the last change in this window' },
  help: { keys: ['?'], words: 'Show this list' },
  menu: { keys: ['Shift+F10', 'ContextMenu'], words: 'Menu of the selection, or of a column' },
} as const satisfies Record<string, Shortcut>;

/** What is done to the chosen versions; see version-commands.ts. */
export const doing = {
  details: { keys: ['Enter'], words: 'Show details' },
  sideBySide: { keys: ['s'], words: 'Side by side' },
  compare: { keys: [], words: 'Compare weights…' },
  verify: { keys: ['v'], words: 'Verify' },
  pin: { keys: ['p'], words: 'Pin or unpin' },
  mark: { keys: ['F2'], words: 'Edit tags and note…' },
  copyRows: { keys: ['Mod+c'], words: 'Copy as a table' },
  copyCell: { keys: [], words: 'Copy cell' },
  copyChecksum: { keys: [], words: 'Copy checksum' },
  copyPath: { keys: ['Mod+Shift+c'], words: 'Copy path' },
  copySnippet: { keys: [], words: 'Copy Python to load it' },
  reveal: { keys: [], words: 'Show in folder' },
  backUp: { keys: ['b'], words: 'Back up…' },
  restore: { keys: [], words: 'Restore from its backup…' },
  benchmark: { keys: [], words: 'Benchmark…' },
  exportFiles: { keys: ['e'], words: 'Export verified copies…' },
  convert: { keys: [], words: 'Convert…' },
  repair: { keys: [], words: 'Repair…' },
  trash: { keys: ['Delete'], words: 'Move to trash' },
} as const satisfies Record<string, Shortcut>;
export type Deed = keyof typeof doing;

/** All of them as the list shows them. */
export const shortcutSections: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  { title: 'Everywhere', shortcuts: Object.values(everywhere) },
  {
    title: 'Moving',
    shortcuts: [
      ...Object.values(moving),
      { keys: ['Mod+ArrowDown', 'Mod+ArrowUp'], words: 'Move without selecting' },
    ],
  },
  {
    title: 'Selecting',
    shortcuts: [
      { keys: ['Shift+ArrowDown', 'J'], words: 'Extend the selection; works with every movement' },
      ...Object.values(choosing),
    ],
  },
  { title: 'Groups', shortcuts: Object.values(grouping) },
  {
    title: 'Heads of columns',
    shortcuts: [
      { keys: ['ArrowLeft', 'ArrowRight'], words: 'Column before, or after' },
      { keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'], words: 'Move the column' },
      { keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'], words: 'Make it narrower, or wider' },
    ],
  },
  {
    title: 'Selection',
    shortcuts: Object.values(doing).filter(({ keys }) => keys.length > 0),
  },
];
