import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { reloadAfterCrash } from './harden-session.ts';
import { OwnDocument } from './own-document.ts';
import { pageUrl } from './page-origin.ts';
import { trustWindow } from './trusted-senders.ts';
import {
  placeBeside,
  placeOnScreens,
  smallestWindow,
  type WindowPlace,
  windowPlaceSchema,
} from './window-place.ts';

const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));
/** How far a window opens from the one before it, in pixels. */
const step = 28;

/** Opens a window where the last one was left, or beside one that is there; it shows itself when it has something to show. */
export function openWindow(): BrowserWindow {
  const places = new OwnDocument(join(app.getPath('userData'), 'window.json'), windowPlaceSchema);
  const left = places.read();
  const window = new BrowserWindow({
    ...(placeOfNew(left) ?? { width: 1440, height: 900 }),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Cairn',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      experimentalFeatures: false,
      allowRunningInsecureContent: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  trustWindow(window.webContents);
  reloadAfterCrash(window.webContents);
  window.once('ready-to-show', () => (left?.maximized ? window.maximize() : window.show()));
  window.on('close', () => places.write({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(pageUrl);
  return window;
}

function placeOfNew(left: WindowPlace | null): Partial<WindowPlace> | null {
  const open = BrowserWindow.getAllWindows();
  // One that was opened a moment ago has no focus yet.
  const beside = BrowserWindow.getFocusedWindow() ?? open.at(-1);
  const others = open.map((window) => window.getNormalBounds());
  const place = beside ? placeBeside(beside.getNormalBounds(), others, step) : left;
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  return place && placeOnScreens(place, screens);
}
