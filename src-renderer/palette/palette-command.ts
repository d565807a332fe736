/** Something the command palette offers. `shortcut` is named as in commands/key-names.ts. */
export interface PaletteCommand {
  id: string;
  group: string;
  label: string;
  shortcut?: string | undefined;
  run: () => void;
}
