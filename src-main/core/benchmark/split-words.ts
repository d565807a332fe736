import { UsageError } from '../errors.ts';

/** One word: plain characters, one that is escaped, 'all as it stands', "with a few escapes", in any order. */
const word = /(?:[^ \t\n\\'"]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+/g;
const part = /\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g;

/**
 * A line as the words that a POSIX shell makes of it, by quotes and backslashes alone: nothing is expanded, and `|`, `>` or `;` are
 * characters like any other. Source: POSIX.1-2017, Shell Command Language, 2.2 Quoting.
 * @throws UsageError for a quote that is not closed, or a backslash with nothing after it
 */
export function splitWords(line: string): string[] {
  // A line that is broken by a backslash goes on, and that alone is no word.
  const found = (line.match(word) ?? []).filter((each) => !/^(?:\\\n)+$/.test(each));
  const [mark] = line.replace(word, '').match(/[^ \t\n]/) ?? [];
  if (mark !== undefined) throw unfinished(mark);
  return found.map((each) => each.replace(part, unquoted));
}

function unquoted(_: string, escaped?: string, single?: string, double?: string): string {
  if (escaped !== undefined) return escaped === '\n' ? '' : escaped;
  return single ?? (double ?? '').replace(/\\([$`"\\\n])/g, (_, mark: string) => (mark === '\n' ? '' : mark));
}

function unfinished(mark: string): UsageError {
  const why = mark === '\\' ? 'it ends with a backslash' : `a quote ${mark} is not closed`;
  return new UsageError(`the command cannot be split into words — ${why} — close it, or put \\ before it`);
}
