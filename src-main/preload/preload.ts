import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { channelOf, eventNames, requestNames } from '../../shared/ipc/channels.ts';
import { createTurns } from './take-turns.ts';

const requests: ReadonlySet<string> = new Set(requestNames.filter((name) => name !== 'openDropped'));
const events: ReadonlySet<string> = new Set(eventNames);
const refuse = (message: string) => ({ ok: false, failure: { code: 'Refused', message, path: null } });
const refused = refuse('There is no such request.');
const tooMany = refuse('The request was refused: too many like it wait already.');

const notDropped = {
  ok: false,
  failure: {
    code: 'Usage',
    message: 'What was dropped is not on this machine: drop the folder your training wrote, or a checkpoint.',
    path: null,
  },
};

const inTurn = createTurns();

const ask = (name: Parameters<typeof channelOf>[0], input: unknown) =>
  inTurn(name, () => ipcRenderer.invoke(channelOf(name), input).catch(() => refused)) ??
  Promise.resolve(tooMany);

/** Empty for anything that is no file or folder of this machine. */
function pathOf(file: unknown): string {
  try {
    return webUtils.getPathForFile(file as never);
  } catch {
    return '';
  }
}

const bridge = {
  request: (name, input) => (requests.has(name) ? ask(name, input) : Promise.resolve(refused)),
  openDropped: (file) => {
    const path = pathOf(file);
    return path === '' ? Promise.resolve(notDropped) : ask('openDropped', { path });
  },
  subscribe: (name, listener) => {
    if (!events.has(name)) return () => undefined;
    const forward = (_event: unknown, ...[payload]: Parameters<typeof listener>) => listener(payload);
    ipcRenderer.on(channelOf(name), forward);
    return () => void ipcRenderer.off(channelOf(name), forward);
  },
} as Bridge;

contextBridge.exposeInMainWorld('cairn', bridge);
