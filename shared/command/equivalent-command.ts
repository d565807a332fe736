import { quoteWord, type Shell } from './quote-word.ts';

/** A call of `cairn`. An option is a flag, or a flag and its value; one whose value is null is left out. */
export interface Call {
  command:
    | 'backup'
    | 'backups'
    | 'benchmark'
    | 'convert'
    | 'diff'
    | 'inspect'
    | 'log'
    | 'note'
    | 'pin'
    | 'prune'
    | 'repair'
    | 'restore'
    | 'seal'
    | 'tag'
    | 'trash'
    | 'undo'
    | 'unpin';
  options?: readonly (string | readonly [flag: string, value: string | number | null])[];
  /** The run's folder first, as main gives it; then what the command is about. */
  words: readonly string[];
}

/** The call as a line for a shell, which does what the window does. No word of it is taken for an option, whatever it begins with. */
export function equivalentCommand({ command, options = [], words }: Call, shell: Shell): string {
  const flags = options.flatMap((option) => flagWords(option));
  const end = words.some((word) => word.startsWith('-')) ? ['--'] : [];
  return ['cairn', command, ...flags, ...end, ...words].map((word) => quoteWord(word, shell)).join(' ');
}

/** A value that begins with a dash, or is none of `--verify [id]`, is only safe when it hangs on its flag. */
function flagWords(option: string | readonly [string, string | number | null]): string[] {
  if (typeof option === 'string') return [option];
  const [flag, value] = option;
  return value === null ? [] : [`${flag}=${value}`];
}
