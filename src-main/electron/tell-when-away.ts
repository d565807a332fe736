import { BrowserWindow, Notification, type WebContents } from 'electron';
import type { Task } from '../../shared/model/task.ts';
import { endWords, escapeMarkup } from './end-words.ts';

/** Tells of the end of long work through the system, where its window is not in front; a click brings that there. */
export function tellWhenAway(contents: WebContents, task: Task, run: string): void {
  const words = endWords(task, run);
  const window = BrowserWindow.fromWebContents(contents);
  if (words === null || window === null || window.isFocused() || !Notification.isSupported()) return;
  const body = process.platform === 'linux' ? escapeMarkup(words.body) : words.body;
  const notification = new Notification({ ...words, body });
  notification.on('click', () => {
    window.show();
    window.focus();
  });
  notification.show();
}
