import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { isOwnPage } from './page-origin.ts';

const windows = new WeakSet<WebContents>();

/** From now on this window's main frame may ask. */
export function trustWindow(contents: WebContents): void {
  windows.add(contents);
}

/** Whether a request comes from the main frame of one of our windows, while that shows one of our pages. */
export function isTrustedSender({
  sender,
  senderFrame,
}: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>): boolean {
  if (!senderFrame || !windows.has(sender) || sender.isDestroyed()) return false;
  return senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}
