import { type BrowserWindow, dialog } from 'electron';
import { escapeName } from '../core/catalog/escape-name.ts';
import type { WindowSession } from './window-session.ts';

/** So many are named. */
const named = 10;

/** Asks, in a dialog of the system, before a window closes in which something is being done: that would stop it. */
export function askBeforeClose(window: BrowserWindow, session: Pick<WindowSession, 'underWay'>): void {
  let isMeant = false;
  let isAsking = false;
  const ask = async (lines: readonly string[]) => {
    isAsking = true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'Stop running tasks?',
      detail: `${lines.join('\n')}\n\nWhen the window is closed, this stops before it is done.`,
      buttons: ['Stop it and close', 'Keep running'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    isAsking = false;
    isMeant = response === 0;
    if (isMeant && !window.isDestroyed()) window.close();
  };
  window.on('close', (event) => {
    const lines = isMeant ? [] : session.underWay().slice(0, named).map(lineOf);
    if (lines.length === 0) return;
    event.preventDefault();
    if (!isAsking) void ask(lines);
  });
}

function lineOf({ kind, run }: ReturnType<WindowSession['underWay']>[number]): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}: ${escapeName(run, 100)}`;
}
