import { BrowserWindow, dialog, type WebContents } from 'electron';
import { escapeName } from '../core/catalog/escape-name.ts';
import { UsageError } from '../core/errors.ts';

/** Asks a person whether these words may be run; false where they may not. @throws UsageError where they cannot be shown whole */
export type ConfirmWords = (from: WebContents, words: readonly string[]) => Promise<boolean>;

/** What fits into a dialog whole: more could hide what it does. */
const [mostWords, mostCharacters] = [40, 3000];

/**
 * Asks in a dialog of the system, which a page can neither see nor answer: a page that was taken over may send any words. Words that were
 * confirmed are not asked for again until Cairn is started anew.
 */
export function confirmInDialog(): ConfirmWords {
  const confirmed = new Set<string>();
  return async (from, words) => {
    const key = JSON.stringify(words);
    if (confirmed.has(key)) return true;
    const detail = wordLines(words);
    const window = BrowserWindow.fromWebContents(from);
    const options = {
      type: 'warning' as const,
      message: 'Run this program?',
      detail: `${detail}\n\nIt runs with your rights. Go on only where you typed this yourself.`,
      buttons: ['Run', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    };
    const { response } = await (window
      ? dialog.showMessageBox(window, options)
      : dialog.showMessageBox(options));
    if (response === 0) confirmed.add(key);
    return response === 0;
  };
}

/** A word to a line, each with its number. */
function wordLines(words: readonly string[]): string {
  const lines = words.map((word, index) => `${index + 1}  ${escapeName(word, mostCharacters)}`).join('\n');
  if (words.length > mostWords || lines.length >= mostCharacters)
    throw new UsageError(
      'nothing was run — the command is too long to be shown whole, and so to be confirmed — put it into a script and name that',
    );
  return lines;
}
