import type { Weakening } from '../driver/weaken-app.ts';

/** What each protection looks like in the built app, and the app without it. */

const main = 'main/main.js';
const preload = 'preload/preload.cjs';
const drop = (from: RegExp): Weakening => ({ file: main, from, to: '' });

export const noIsolation: Weakening[] = [
  { file: main, from: 'contextIsolation: true', to: 'contextIsolation: false' },
  { file: main, from: 'sandbox: true', to: 'sandbox: false' },
  { file: main, from: 'nodeIntegration: false', to: 'nodeIntegration: true' },
];
export const noNavigationBlock: Weakening[] = [
  drop(/contents\.on\("will-navigate".*\n/),
  drop(/contents\.on\("will-frame-navigate".*\n/),
];
export const noRedirectBlock: Weakening[] = [drop(/contents\.on\("will-redirect".*\n/)];
export const noWindowBlock: Weakening[] = [{ file: main, from: 'action: "deny"', to: 'action: "allow"' }];
export const webviewAllowed: Weakening[] = [
  drop(/contents\.on\("will-attach-webview".*\n/),
  { file: main, from: 'webviewTag: false', to: 'webviewTag: true' },
];
export const noRequestFilter: Weakening[] = [drop(/session\.webRequest\.onBeforeRequest\(.*\n/)];
export const noContentPolicy: Weakening[] = [drop(/"Content-Security-Policy": .*\n/)];
export const noPermissionBlock: Weakening[] = [
  { file: main, from: /answer\(false\)/, to: 'answer(true)' },
  { file: main, from: 'setPermissionCheckHandler(() => false)', to: 'setPermissionCheckHandler(() => true)' },
];
export const preloadInFrames: Weakening[] = [
  { file: main, from: 'nodeIntegrationInSubFrames: false', to: 'nodeIntegrationInSubFrames: true' },
];
export const noSenderCheck: Weakening[] = [drop(/if \(!isTrustedSender\(event\)\) .*\n/)];
export const noSchemaCheck: Weakening[] = [
  { file: main, from: '|| !input.success) return', to: ') return' },
  { file: main, from: 'handlers[name](input.data,', to: 'handlers[name](inputs[0],' },
];
export const eventsWithSender: Weakening[] = [
  { file: 'preload/preload.cjs', from: 'listener(payload)', to: 'listener(payload, _event)' },
];
export const namesUnchecked: Weakening[] = [
  { file: 'preload/preload.cjs', from: 'requests.has(name)', to: 'true' },
];
export const linksOpenOutside: Weakening[] = [
  {
    file: main,
    from: 'setWindowOpenHandler(() => {',
    to: 'setWindowOpenHandler(({ url }) => { shell.openExternal(url);',
  },
];
export const revealsByOpening: Weakening[] = [
  { file: main, from: 'shell.showItemInFolder(', to: 'shell.openPath(' },
];
/** Another name on the bridge, and a channel that goes round the checks. */
export const backDoor: Weakening[] = [
  {
    file: 'preload/preload.cjs',
    from: 'exposeInMainWorld("cairn", {',
    to: 'exposeInMainWorld("cairn", { open() {},',
  },
  {
    file: main,
    from: 'for (const name of requestNames) ipcMain.handle(',
    to: 'ipcMain.handle("cairn:open", () => 1); for (const name of requestNames) ipcMain.handle(',
  },
];
/** A handle that is not known leads to the first run there is. */
export const anyHandle: Weakening[] = [
  {
    file: main,
    from: 'if (!run) throw new NoSuchHandleError("There is no such run open in this window.");',
    to: 'if (!run) return [...this.#runs.values()][0];',
  },
];
export const servesAnything: Weakening[] = [
  {
    file: main,
    from: 'host === "cairn" ? files.get(pathname) : void 0',
    to: '(files.get(pathname) ?? { file: ".." + pathname, type: "text/plain" })',
  },
  { file: main, from: 'request.method !== "GET" && request.method !== "HEAD"', to: 'false' },
];
export const followsDrops: Weakening[] = [
  { file: main, from: 'webviewTag:', to: 'navigateOnDragDrop: true, webviewTag:' },
];
export const devicesAllowed: Weakening[] = [
  {
    file: main,
    from: 'setDevicePermissionHandler(() => false)',
    to: 'setDevicePermissionHandler(() => true)',
  },
  {
    file: main,
    from: 'setDisplayMediaRequestHandler((_request, answer) => answer({}))',
    to: 'setDisplayMediaRequestHandler((request, answer) => answer({ video: request.frame }))',
  },
];
export const manyInstances: Weakening[] = [
  { file: main, from: 'app.requestSingleInstanceLock()', to: 'true' },
];
export const logsWhatItIsTold: Weakening[] = [
  {
    file: main,
    from: 'if (!isTrustedSender(event))',
    to: 'console.error(JSON.stringify(inputs)); if (!isTrustedSender(event))',
  },
];
export const ownFilesForAll: Weakening[] = [
  { file: main, from: /mode: 384,\s*flush/, to: 'mode: 0o666, flush' },
];
export const pageStaysDown: Weakening[] = [{ file: main, from: 'contents.reload()', to: 'contents.id' }];
export const noRequestLimit: Weakening[] = [
  { file: preload, from: 'waiting.length >= mostWaiting', to: 'waiting.length < 0' },
];
export const noTurns: Weakening[] = [{ file: preload, from: 'asking < mostAtOnce', to: 'asking >= 0' }];
export const takesScheme: Weakening[] = [
  {
    file: main,
    from: 'app.requestSingleInstanceLock()',
    to: 'app.setAsDefaultProtocolClient("cairn") !== null',
  },
];
/** What every Electron app has that sets no menu of its own. */
export const insidesInMenu: Weakening[] = [
  {
    file: main,
    from: '{ role: "togglefullscreen" }',
    to: '{ role: "togglefullscreen" }, { role: "reload" }, { role: "toggleDevTools" }',
  },
];
/** Keys that many an app has while it is developed. */
export const insidesByKeys: Weakening[] = [
  {
    file: main,
    from: 'contents.on("render-process-gone"',
    to: `contents.on("before-input-event", (_event, { key, type }) => {
      if (type === "keyDown" && key === "F12") contents.openDevTools();
      if (type === "keyDown" && key === "F5") contents.reload();
    }); contents.on("render-process-gone"`,
  },
];
export const namesLookedUp: Weakening[] = [drop(/app\.commandLine\.appendSwitch\("host-resolver-rules".*\n/)];
export const spellingChecked: Weakening[] = [
  drop(/session\.setSpellCheckerLanguages\(.*\n/),
  { file: main, from: 'setSpellCheckerEnabled(false)', to: 'setSpellCheckerEnabled(true)' },
  { file: main, from: 'spellcheck: false', to: 'spellcheck: true' },
];
