import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { app, BrowserWindow, dialog, protocol, session } from 'electron';
import { dropSwitches } from './drop-switches.ts';
import { describeEnvironment } from './environment.ts';
import { evaluatorFolder } from './evaluator-folder.ts';
import { hardenContents, hardenNetwork, hardenSession } from './harden-session.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import { listenForRequests } from './listen-for-requests.ts';
import { localeOfTimes } from './locale-of-times.ts';
import { setMenu } from './menu.ts';
import { pageScheme } from './page-origin.ts';
import { createPageServer } from './serve-pages.ts';
import type { Windows } from './serve-windows.ts';
import { openWindow } from './window.ts';

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
/** The first window is there when it is asked for. */
let first: BrowserWindow;
/** What serves windows is most of the program: it is read while the first one draws itself, or when something is asked for. */
let windows: Promise<Windows> | undefined;
// What answers pages, and what they ask for first, is read here, where the runtime is waited for anyway.
const pageServer = createPageServer(
  new URL('./page-files.json', import.meta.url),
  () => localeOfTimes(process.platform, process.env, () => app.getSystemLocale()),
  () => void served(),
);
void new Response();

function start(): void {
  // Parts of the runtime look for their settings where they are started, which may be anybody's folder.
  if (app.isPackaged) process.chdir(dirname(process.execPath));
  const { appVersion, electron, runtimeNote } = describeEnvironment();
  console.log(`Cairn ${appVersion} on Electron ${electron}${runtimeNote ? `. ${runtimeNote}` : ''}`);
  hardenSession(session.defaultSession);
  protocol.handle(pageScheme, pageServer);
  first = openWindow();
  listenForRequests(async () => (await served()).answer);
  const then = (act: (windows: Windows) => void) => void served().then(act);
  setMenu({
    openWindow: () => then(({ open }) => open()),
    openFolder: () => then(({ chooseFolder }) => chooseFolder()),
    openFile: () => then(({ chooseFile }) => chooseFile()),
    choose: (command) => then(({ choose }) => choose(command)),
  });
  app.on('second-instance', (_event, argv, cwd) =>
    then(({ openInFront }) => openInFront(readLaunchArguments(argv, cwd, !app.isPackaged).runs)),
  );
  app.on('browser-window-focus', (_event, { webContents }) =>
    then(({ lookAgain }) => lookAgain(webContents)),
  );
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) then(({ open }) => open());
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

function served(): Promise<Windows> {
  windows ??= import('./serve-windows.ts')
    .then(({ serveWindows }) => serveWindows(first, launch, here))
    .catch((error: unknown) => {
      dialog.showErrorBox('Cairn cannot start', String(error));
      app.exit(1);
      throw error;
    });
  return windows;
}
