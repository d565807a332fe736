import { createReadStream } from 'node:original-fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, BrowserWindow, protocol, session, type WebContents } from 'electron';
import { ModelManagerError, toFailure } from '../core/errors.ts';
import { defaultAppData } from '../core/files/run-bookkeeping.ts';
import { AppSettingsFile } from './app-settings.ts';
import { askBeforeClose } from './ask-before-close.ts';
import { BackupPlaceFile } from './backup-place.ts';
import { chooseCheckpoint, chooseRun, createHandlers, type Desk } from './create-handlers.ts';
import { dropSwitches } from './drop-switches.ts';
import { describeEnvironment } from './environment.ts';
import { evaluatorFolder } from './evaluator-folder.ts';
import { findChangedFiles } from './find-changed-files.ts';
import { hardenContents, hardenNetwork, hardenSession } from './harden-session.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import { localeOfTimes } from './locale-of-times.ts';
import { setMenu } from './menu.ts';
import { openPath } from './open-path.ts';
import { OwnDocument } from './own-document.ts';
import { pageScheme } from './page-origin.ts';
import { publish } from './publish-events.ts';
import { Recents } from './recents.ts';
import { createPageServer } from './serve-pages.ts';
import { serveRequests } from './serve-requests.ts';
import { takeScreenshot } from './take-screenshot.ts';
import { tellWhenAway } from './tell-when-away.ts';
import { openWindow } from './window.ts';
import { type WindowPlace, windowPlaceSchema } from './window-place.ts';
import { WindowSession } from './window-session.ts';

const launch = readLaunchArguments(process.argv, process.cwd(), !app.isPackaged);
// Before it is left.
const here = evaluatorFolder(process.cwd(), process.execPath, homedir());
if (launch.userData) app.setPath('userData', launch.userData);
// As root Chromium runs only without its sandbox, and only when it was asked to; then there is nothing to insist on.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
if (app.isPackaged) dropSwitches(app.commandLine);
hardenNetwork();
hardenContents();
protocol.registerSchemesAsPrivileged([
  {
    scheme: pageScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  },
]);

// A picture is taken beside the Cairn that runs, which would otherwise get the run.
if (launch.screenshot !== null || app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();
// What answers pages, and what they ask for first, is read here, where the runtime is waited for anyway.
const pageServer = createPageServer(new URL('./page-files.json', import.meta.url), () =>
  localeOfTimes(process.platform, process.env, () => app.getSystemLocale()),
);
void new Response();

function start(): void {
  // Parts of the runtime look for their settings where they are started, which may be anybody's folder.
  if (app.isPackaged) process.chdir(dirname(process.execPath));
  const { appVersion, electron, runtimeNote } = describeEnvironment();
  console.log(`Cairn ${appVersion} on Electron ${electron}${runtimeNote ? `. ${runtimeNote}` : ''}`);
  hardenSession(session.defaultSession);
  protocol.handle(pageScheme, pageServer);
  const desk = createDesk();
  const inFront = (open: (contents: WebContents) => Promise<unknown>) => {
    const contents = frontContents();
    if (contents) void open(contents).catch((error) => report(desk, contents, error));
  };
  serveRequests(createHandlers(desk));
  setMenu({
    openWindow: desk.openWindow,
    openFolder: () => inFront((contents) => chooseRun(desk, contents)),
    openFile: () => inFront((contents) => chooseCheckpoint(desk, contents)),
    choose: (command) => {
      const contents = frontContents();
      if (contents) publish(contents, 'commandChosen', { command });
    },
  });
  openFirstWindow(desk);
  app.on('second-instance', (_event, argv, cwd) =>
    openInFirstWindow(desk, readLaunchArguments(argv, cwd, !app.isPackaged).runs),
  );
  app.on('browser-window-focus', (_event, window) => desk.sessionOf(window.webContents).reconcile());
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) desk.openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** The window that a choice in the menu is meant for. */
function frontContents(): WebContents | null {
  return (BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0])?.webContents ?? null;
}

function createDesk(): Desk {
  const userData = app.getPath('userData');
  // What was found of runs that must not be written to is where the command line looks for it too.
  const appData = launch.userData ?? defaultAppData();
  const settings = new AppSettingsFile(join(userData, 'app-settings.json'));
  const sessions = new WeakMap<WebContents, WindowSession>();
  const sessionOf = (contents: WebContents) => {
    const known = sessions.get(contents);
    if (known) return known;
    const fresh = new WindowSession(contents, appData, {
      onEnded: (task, run) => settings.current.notify && tellWhenAway(contents, task, run),
    });
    sessions.set(contents, fresh);
    contents.on('render-process-gone', () => fresh.pageStopped());
    contents.once('destroyed', () => fresh.close());
    return fresh;
  };
  return {
    recents: new Recents(join(userData, 'recents.json'), () => {
      for (const { webContents } of BrowserWindow.getAllWindows()) publish(webContents, 'recentsChanged', {});
    }),
    settings,
    backupPlace: new BackupPlaceFile(join(userData, 'backup-place.json')),
    appData,
    here,
    sessionOf,
    openWindow: () => void openAskingWindow(sessionOf),
  };
}

function openAskingWindow(sessionOf: Desk['sessionOf']): BrowserWindow {
  const window = openWindow(windowPlaces());
  askBeforeClose(window, sessionOf(window.webContents));
  return window;
}

/** Where windows were left. */
function windowPlaces(): OwnDocument<WindowPlace> {
  return new OwnDocument(join(app.getPath('userData'), 'window.json'), windowPlaceSchema);
}

function openFirstWindow(desk: Desk): void {
  const window = openAskingWindow(desk.sessionOf);
  // Elsewhere the system holds the package to what was signed.
  if (app.isPackaged && process.platform === 'linux')
    window.webContents.once('did-finish-load', () => void warnOfChanges(desk, window.webContents));
  const opened = launch.runs.map((run) => tryOpen(desk, window.webContents, run));
  if (launch.screenshot === null) return;
  takeScreenshot(window, launch.screenshot).then(
    () => app.exit(opened.every(Boolean) ? 0 : 1),
    (error) => {
      report(desk, window.webContents, error);
      app.exit(1);
    },
  );
}

/** What is damaged may still run: it is said, once there is something to see. */
async function warnOfChanges(desk: Desk, contents: WebContents): Promise<void> {
  const changed = await findChangedFiles(process.resourcesPath, createReadStream);
  if (changed.length === 0) return;
  const what = changed.slice(0, 3).join(', ');
  report(
    desk,
    contents,
    new ModelManagerError(
      `this copy of Cairn is not as it was shipped — ${what} changed since, by a failing disk or by somebody — install it again`,
    ),
  );
}

/** A second start hands what it was given to the window in front. */
function openInFirstWindow(desk: Desk, runs: readonly string[]): void {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
  for (const run of runs) tryOpen(desk, window.webContents, run);
}

/** Whether what the path stands for is open now. */
function tryOpen(desk: Desk, contents: WebContents, path: string): boolean {
  try {
    openPath(desk, contents, path);
    return true;
  } catch (error) {
    report(desk, contents, error);
    return false;
  }
}

/** What nobody in the page asked for is said in the window, and to who started it in a terminal. */
function report(desk: Desk, contents: WebContents, error: unknown): void {
  const failure = toFailure(error);
  console.error(`cairn: ${failure.message}`);
  if (!contents.isDestroyed()) desk.sessionOf(contents).tellFailure(failure);
}
