import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { appRequests } from '../../shared/ipc/app-contract.ts';
import { faultOfPlace } from '../core/backup/make-outside-folder.ts';
import { escapeName } from '../core/catalog/escape-name.ts';
import { changeKeptLimits, readKeptLimits } from '../core/config/kept-limits.ts';
import { ModelManagerError, UsageError } from '../core/errors.ts';
import { realDisk } from '../core/files/disk.ts';
import { explainError } from '../core/files/error-code.ts';
import type { AppSettingsFile } from './app-settings.ts';
import type { BackupPlaceFile } from './backup-place.ts';
import { chooseFolder } from './choose-folder.ts';
import { describeForDiagnosis } from './diagnostics.ts';
import { describeEnvironment } from './environment.ts';
import { type Handlers, recentFailures } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** What the requests about the app itself need. */
export interface AppDesk {
  settings: AppSettingsFile;
  backupPlace: BackupPlaceFile;
  /** Where limits are kept that hold for all runs. */
  appData: string;
  sessionOf: (window: WebContents) => WindowSession;
  openWindow: () => void;
}

/** What each request about the app itself does. */
export function createAppHandlers(desk: AppDesk): Pick<Handlers, keyof typeof appRequests> {
  const { settings, appData, openWindow } = desk;
  return {
    getSettings: (_input, from) => ({
      settings: settings.current,
      ...readKeptLimits(appData),
      backupPlace: describePlace(desk, from),
    }),
    changeSetting: (changed) => {
      settings.change(changed);
      return {};
    },
    changeLimits: async (limits) => {
      await changeKeptLimits(realDisk, appData, limits);
      return {};
    },
    chooseDefaultPlace: async (_input, from) => {
      const folder = await chooseFolder(from, 'New backups go to', ['openDirectory', 'createDirectory']);
      if (folder !== null) changePlace(desk, from, folder);
      return {};
    },
    forgetDefaultPlace: () => {
      desk.backupPlace.change(null);
      return {};
    },
    openNewWindow: () => {
      openWindow();
      return {};
    },
    readLicences: async () => ({ text: await readLicences() }),
    saveDiagnostics: async (_input, from) => ({ saved: await saveDiagnostics(desk, from) }),
  };
}

function describePlace({ backupPlace: { folder }, sessionOf }: AppDesk, from: WebContents) {
  return folder === null ? null : { shown: folder, problem: faultOfPlace(folder, rootsOf(sessionOf(from))) };
}

/** @throws UsageError for a folder that is no place for backups */
function changePlace({ backupPlace, sessionOf }: AppDesk, from: WebContents, folder: string): void {
  const fault = faultOfPlace(folder, rootsOf(sessionOf(from)));
  if (fault !== null)
    throw new UsageError(`new backups cannot go to ${escapeName(folder)} — ${fault}`, { path: folder });
  backupPlace.change(folder);
}

/** Of the runs that are open: whatever run a folder is part of otherwise is seen when that run is backed up. */
function rootsOf(session: WindowSession): string[] {
  return session.runs().map(({ manager }) => manager.root);
}

/** What the bundler found in the window's code, in the main process's, and in the one library that threads load by itself. */
async function readLicences(): Promise<string> {
  const files = ['../renderer/licenses.md', './licenses.md', './workers/licenses.md'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.join('\n\n');
}

async function saveDiagnostics(desk: AppDesk, from: WebContents): Promise<boolean> {
  const options = {
    title: 'Save diagnostics',
    defaultPath: `cairn-diagnostics-${new Date().toISOString().slice(0, 10)}.json`,
    filters: [{ name: 'JSON', extensions: ['json'] }],
  };
  const window = BrowserWindow.fromWebContents(from);
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (!filePath) return false;
  const text = describeForDiagnosis({
    environment: describeEnvironment(),
    settings: desk.settings.current,
    runs: desk
      .sessionOf(from)
      .runs()
      .map((run) => run.summarise()),
    failures: recentFailures(),
  });
  await writeFile(filePath, text, { mode: 0o600 }).catch((cause: unknown) => {
    throw new ModelManagerError(
      `the diagnostics are not saved — ${explainError(cause)} — choose a folder that is yours`,
      { cause },
    );
  });
  return true;
}
