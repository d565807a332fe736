import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { reloadAfterCrash } from './harden-session.ts';
import { pageUrl } from './page-origin.ts';
import { trustWindow } from './trusted-senders.ts';

const preload = fileURLToPath(new URL('../preload/preload.cjs', import.meta.url));

/** Opens the window; it shows itself when it has something to show. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
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
  window.once('ready-to-show', () => window.show());
  void window.loadURL(pageUrl);
  return window;
}
