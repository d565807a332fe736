import type { Weakening } from '../driver/weaken-app.ts';

/** What each protection looks like in the built app, and the app without it. */

const main = 'main';
const preload = 'preload';
const drop = (from: RegExp): Weakening => ({ place: main, from, to: '' });

export const noIsolation: Weakening[] = [
  { place: main, from: 'contextIsolation: true', to: 'contextIsolation: false' },
  { place: main, from: 'sandbox: true', to: 'sandbox: false' },
  { place: main, from: 'nodeIntegration: false', to: 'nodeIntegration: true' },
];
export const noNavigationBlock: Weakening[] = [
  drop(/contents\.on\("will-navigate".*\n/),
  drop(/contents\.on\("will-frame-navigate".*\n/),
];
export const noRedirectBlock: Weakening[] = [drop(/contents\.on\("will-redirect".*\n/)];
export const noWindowBlock: Weakening[] = [{ place: main, from: 'action: "deny"', to: 'action: "allow"' }];
export const webviewAllowed: Weakening[] = [
  drop(/contents\.on\("will-attach-webview".*\n/),
  { place: main, from: 'webviewTag: false', to: 'webviewTag: true' },
];
export const noRequestFilter: Weakening[] = [drop(/session\.webRequest\.onBeforeRequest\(.*\n/)];
export const noContentPolicy: Weakening[] = [drop(/"Content-Security-Policy": .*\n/)];
export const noPermissionBlock: Weakening[] = [
  { place: main, from: /answer\(false\)/, to: 'answer(true)' },
  {
    place: main,
    from: 'setPermissionCheckHandler(() => false)',
    to: 'setPermissionCheckHandler(() => true)',
  },
];
export const preloadInFrames: Weakening[] = [
  { place: main, from: 'nodeIntegrationInSubFrames: false', to: 'nodeIntegrationInSubFrames: true' },
];
export const noSenderCheck: Weakening[] = [drop(/if \(!isTrustedSender\(event\)\) .*\n/)];
export const noSchemaCheck: Weakening[] = [
  { place: main, from: '|| !input.success) return', to: ') return' },
  { place: main, from: 'handlers[name](input.data,', to: 'handlers[name](inputs[0],' },
];
export const eventsWithSender: Weakening[] = [
  { place: preload, from: 'listener(payload)', to: 'listener(payload, _event)' },
];
export const namesUnchecked: Weakening[] = [{ place: preload, from: 'requests.has(name)', to: 'true' }];
export const linksOpenOutside: Weakening[] = [
  {
    place: main,
    from: 'setWindowOpenHandler(() => {',
    to: 'setWindowOpenHandler(({ url }) => { import("electron").then(({ shell }) => shell.openExternal(url));',
  },
];
export const revealsByOpening: Weakening[] = [
  { place: main, from: 'shell.showItemInFolder(', to: 'shell.openPath(' },
];
/** Another name on the bridge, and a channel that goes round the checks. */
export const backDoor: Weakening[] = [
  {
    place: preload,
    from: 'exposeInMainWorld("cairn", {',
    to: 'exposeInMainWorld("cairn", { open() {},',
  },
  {
    place: main,
    from: 'for (const name of requestNames) ipcMain.handle(',
    to: 'ipcMain.handle("cairn:open", () => 1); for (const name of requestNames) ipcMain.handle(',
  },
];
/** A handle that is not known leads to the first run there is. */
export const anyHandle: Weakening[] = [
  {
    place: main,
    from: 'if (!run) throw new NoSuchHandleError("There is no such run open in this window.");',
    to: 'if (!run) return [...this.#runs.values()][0];',
  },
];
export const servesAnything: Weakening[] = [
  {
    place: main,
    from: 'host === "cairn" ? files.get(pathname) : void 0',
    to: '(files.get(pathname) ?? { file: ".." + pathname, type: "text/plain" })',
  },
  { place: main, from: 'request.method !== "GET" && request.method !== "HEAD"', to: 'false' },
];
export const followsDrops: Weakening[] = [
  { place: main, from: 'webviewTag:', to: 'navigateOnDragDrop: true, webviewTag:' },
];
export const devicesAllowed: Weakening[] = [
  {
    place: main,
    from: 'setDevicePermissionHandler(() => false)',
    to: 'setDevicePermissionHandler(() => true)',
  },
  {
    place: main,
    from: 'setDisplayMediaRequestHandler((_request, answer) => answer({}))',
    to: 'setDisplayMediaRequestHandler((request, answer) => answer({ video: request.frame }))',
  },
];
export const manyInstances: Weakening[] = [
  { place: main, from: 'app.requestSingleInstanceLock()', to: 'true' },
];
export const logsWhatItIsTold: Weakening[] = [
  {
    place: main,
    from: 'if (!isTrustedSender(event))',
    to: 'console.error(JSON.stringify(inputs)); if (!isTrustedSender(event))',
  },
];
export const ownFilesForAll: Weakening[] = [
  { place: main, from: /mode: 384,\s*flush/, to: 'mode: 0o666, flush' },
];
export const pageStaysDown: Weakening[] = [{ place: main, from: 'contents.reload()', to: 'contents.id' }];
export const noRequestLimit: Weakening[] = [
  { place: preload, from: 'waiting.length >= mostWaiting', to: 'waiting.length < 0' },
];
export const noTurns: Weakening[] = [{ place: preload, from: 'asking < mostAtOnce', to: 'asking >= 0' }];
export const takesScheme: Weakening[] = [
  {
    place: main,
    from: 'app.requestSingleInstanceLock()',
    to: 'app.setAsDefaultProtocolClient("cairn") !== null',
  },
];
/** What every Electron app has that sets no menu of its own. */
export const insidesInMenu: Weakening[] = [
  {
    place: main,
    from: '{ role: "togglefullscreen" }',
    to: '{ role: "togglefullscreen" }, { role: "reload" }, { role: "toggleDevTools" }',
  },
];
/** Keys that many an app has while it is developed. */
export const insidesByKeys: Weakening[] = [
  {
    place: main,
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
  { place: main, from: 'setSpellCheckerEnabled(false)', to: 'setSpellCheckerEnabled(true)' },
  { place: main, from: 'spellcheck: false', to: 'spellcheck: true' },
];
