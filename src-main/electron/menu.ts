import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Events } from '../../shared/ipc/contract.ts';

interface MenuActions {
  openFolder: () => void;
  openFile: () => void;
  openWindow: () => void;
  /** Asks the window in front to do it. */
  choose: (command: Events['commandChosen']['command']) => void;
}

/** The application's menu. Nothing in it reaches the page's insides: no reload, no developer tools. */
export function setMenu({ openFolder, openFile, openWindow, choose }: MenuActions): void {
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: openWindow },
      { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: openFolder },
      { label: 'Open File…', accelerator: 'CmdOrCtrl+Shift+O', click: openFile },
      { label: 'Close Run', click: () => choose('close') },
      { type: 'separator' },
      { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => choose('settings') },
      { type: 'separator' },
      process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [
      // The page knows whether somebody writes: then it is undone there, as the role of that name would.
      { label: 'Undo', accelerator: 'CmdOrCtrl+Z', click: () => choose('undo') },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      { role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { label: 'All Open Runs', accelerator: 'CmdOrCtrl+Shift+A', click: () => choose('allRuns') },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const about: MenuItemConstructorOptions = {
    label: 'Help',
    submenu: [
      { label: 'Guide', click: () => choose('guide') },
      { label: 'Keyboard Shortcuts', click: () => choose('shortcuts') },
      { label: `About ${app.name}`, click: () => choose('about') },
    ],
  };
  const own: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...own, file, edit, view, { role: 'windowMenu' }, about]));
}
