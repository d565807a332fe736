import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { channelOf, type RequestName, requestNames } from '../../shared/ipc/channels.ts';

/** What answers a request of that name, with whatever came with it; never throws. */
export type Answer = (
  name: RequestName,
  event: IpcMainInvokeEvent,
  inputs: readonly unknown[],
) => Promise<unknown>;

/** Takes every request of the contract. @param read what answers them, read with the first at the latest */
export function listenForRequests(read: () => Promise<Answer>): void {
  for (const name of requestNames)
    ipcMain.handle(channelOf(name), async (event, ...inputs: unknown[]) =>
      (await read())(name, event, inputs),
    );
}
