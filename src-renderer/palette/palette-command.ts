/** Something the command palette offers. `shortcut` is named as in commands/key-names.ts. */
export interface PaletteCommand {
  id: string;
  group: string;
  label: string;
  shortcut?: string | undefined;
  run: () => void;
}

/** What the palette offers of a table that is on the screen. */
export type TablePalette = () => readonly PaletteCommand[];
