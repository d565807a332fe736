import type { WebContents } from 'electron';
import { channelOf, type EventName } from '../../shared/ipc/channels.ts';
import type { Events } from '../../shared/ipc/contract.ts';

/** Tells a window that something happened; a window that is gone hears nothing. */
export function publish<N extends EventName>(to: WebContents, name: N, event: Events[N]): void {
  if (!to.isDestroyed()) to.send(channelOf(name), event);
}
