import { ipcMain } from 'electron';
import { expect, test, vi } from 'vitest';
import { channelOf, requestNames } from '../../shared/ipc/channels.ts';
import { type Answer, listenForRequests } from './listen-for-requests.ts';

vi.mock('electron', () => ({ ipcMain: { handle: vi.fn() } }));

test('every request of the contract is taken, each once, and nothing else is; it waits for what answers it', async () => {
  let readIt: (answer: Answer) => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    readIt = resolve;
  });
  listenForRequests(() => answer);
  const { calls } = vi.mocked(ipcMain.handle).mock;
  expect(calls.map(([channel]) => channel)).toEqual(requestNames.map(channelOf));
  const event = {} as never;
  const early = calls.map(([, listener]) => listener(event, 'input') as Promise<unknown>);
  readIt(async (name, _event, inputs) => [name, ...inputs]);
  expect(await Promise.all(early)).toEqual(requestNames.map((name) => [name, 'input']));
});
