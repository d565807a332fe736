import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { channelOf, eventNames, requestNames } from '../../shared/ipc/channels.ts';

const requests: ReadonlySet<string> = new Set(requestNames.filter((name) => name !== 'openDropped'));
const events: ReadonlySet<string> = new Set(eventNames);
const refused = { ok: false, failure: { code: 'Refused', message: 'There is no such request.', path: null } };

const notDropped = {
  ok: false,
  failure: {
    code: 'Usage',
    message: 'What was dropped is not on this machine: drop the folder your training wrote, or a checkpoint.',
    path: null,
  },
};

const ask = (name: Parameters<typeof channelOf>[0], input: unknown) =>
  ipcRenderer.invoke(channelOf(name), input).catch(() => refused);

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
