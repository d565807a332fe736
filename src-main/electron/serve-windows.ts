import { createReadStream } from 'node:original-fs';
import { join } from 'node:path';
import { app, BrowserWindow, type WebContents } from 'electron';
import type { Events } from '../../shared/ipc/contract.ts';
import { ModelManagerError, toFailure } from '../core/errors.ts';
import { defaultAppData } from '../core/files/run-bookkeeping.ts';
import { AppSettingsFile } from './app-settings.ts';
import { askBeforeClose } from './ask-before-close.ts';
import { BackupPlaceFile } from './backup-place.ts';
import { chooseCheckpoint, chooseRun, createHandlers, type Desk } from './create-handlers.ts';
import { findChangedFiles } from './find-changed-files.ts';
import type { LaunchArguments } from './launch-arguments.ts';
import type { Answer } from './listen-for-requests.ts';
import { openPath } from './open-path.ts';
import { publish } from './publish-events.ts';
import { Recents } from './recents.ts';
import { serveRequests } from './serve-requests.ts';
import { takeScreenshot } from './take-screenshot.ts';
import { tellWhenAway } from './tell-when-away.ts';
import { openWindow } from './window.ts';
import { WindowSession } from './window-session.ts';

/** What is done for windows, by what they, the menu and the system ask for. */
export interface Windows {
  answer: Answer;
  open: () => void;
  /** Asks for a folder, or a file, and opens it in the window in front. */
  chooseFolder: () => void;
  chooseFile: () => void;
  choose: (command: Events['commandChosen']['command']) => void;
  /** A second start hands what it was given to the window in front. */
  openInFront: (runs: readonly string[]) => void;
  /** At what is open there: events are hints. */
  lookAgain: (contents: WebContents) => void;
}

/** @param here the folder that the files of evaluators are looked for in */
export function serveWindows(first: BrowserWindow, launch: LaunchArguments, here: string): Windows {
  const desk = createDesk(launch, here);
  const inFront = (open: (contents: WebContents) => Promise<unknown>) => {
    const contents = frontWindow()?.webContents;
    if (contents) void open(contents).catch((error) => report(desk, contents, error));
  };
  if (!first.isDestroyed()) prepareFirst(desk, first, launch);
  return {
    answer: serveRequests(createHandlers(desk)),
    open: desk.openWindow,
    chooseFolder: () => inFront((contents) => chooseRun(desk, contents)),
    chooseFile: () => inFront((contents) => chooseCheckpoint(desk, contents)),
    choose: (command) => {
      const window = frontWindow();
      if (window) desk.sessionOf(window.webContents).choose(command);
    },
    openInFront: (runs) => openInFront(desk, runs),
    lookAgain: (contents) => desk.sessionOf(contents).reconcile(),
  };
}

/** The window that a choice in the menu is meant for. */
function frontWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
}

function createDesk(launch: LaunchArguments, here: string): Desk {
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
    openWindow: () => {
      const window = openWindow();
      askBeforeClose(window, sessionOf(window.webContents));
    },
  };
}

function prepareFirst(desk: Desk, window: BrowserWindow, { runs, screenshot }: LaunchArguments): void {
  const session = desk.sessionOf(window.webContents);
  askBeforeClose(window, session);
  // Elsewhere the system holds the package to what was signed.
  if (app.isPackaged && process.platform === 'linux')
    whenLoaded(window, () => void warnOfChanges(desk, window.webContents));
  const opened = runs.map((run) => tryOpen(desk, window.webContents, run));
  if (screenshot === null) return;
  takeScreenshot(window, screenshot, () => session.isSettled).then(
    () => app.exit(opened.every(Boolean) ? 0 : 1),
    (error) => {
      report(desk, window.webContents, error);
      app.exit(1);
    },
  );
}

/** The page of the first window may be there before what serves it is. */
function whenLoaded({ webContents }: BrowserWindow, act: () => void): void {
  if (webContents.isLoading()) webContents.once('did-finish-load', act);
  else act();
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

function openInFront(desk: Desk, runs: readonly string[]): void {
  const window = frontWindow();
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
