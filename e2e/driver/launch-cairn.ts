import { _electron, type ElectronApplication, type Page, test } from '@playwright/test';
import { builtApp, electronPath, holdUntilDriven, sandboxFlags } from './places.ts';
import { tempFolder } from './temp-folder.ts';

export interface LaunchOptions {
  /** Run folders, as arguments. */
  runs?: string[];
  /** A folder that an earlier launch left; by default a fresh one. */
  userData?: string;
  /** Another app folder than app/, for weakened builds. */
  app?: string;
  /** Another Electron than the one there is, such as one that is watched. */
  executable?: string;
  /** A packaged executable; it has its app inside. */
  packaged?: string;
  /** Pixels of the screen to one of the page; as the display says by default. */
  scale?: number;
  /** The locale of the system; one that names no language by default, so that times are written alike everywhere. */
  locale?: string;
  /** Switches of Chromium. */
  flags?: string[];
  /** False for an app so weakened that it shows nothing. */
  showsScreen?: boolean;
}

/** The app as it runs: its window, and every line that its main process has written. */
export interface Cairn {
  electron: ElectronApplication;
  page: Page;
  userData: string;
  log: readonly string[];
  close(): Promise<void>;
}

/** What is half shown has neither its colours nor its place. The driver sets what a page thinks of motion, whatever the system says. */
async function holdStill(page: Page): Promise<void> {
  // A window may be closed as soon as it is seen.
  await page.emulateMedia({ reducedMotion: 'reduce' }).catch(() => undefined);
}

/** Starts the app and waits until its window shows something. */
export async function launchCairn(options: LaunchOptions = {}): Promise<Cairn> {
  const userData = options.userData ?? (await tempFolder('user-data'));
  const app = options.packaged ? [] : ['-r', holdUntilDriven, options.app ?? builtApp];
  const start = () =>
    _electron.launch({
      timeout: 20_000,
      executablePath: options.packaged ?? options.executable ?? electronPath(),
      args: [
        ...sandboxFlags(),
        ...app,
        ...scaleFlags(options.scale),
        ...(options.flags ?? []),
        `--user-data-dir=${userData}`,
        ...(options.runs ?? []),
      ],
      env: {
        ...process.env,
        ELECTRON_ENABLE_LOGGING: '',
        LC_ALL: options.locale ?? 'C.UTF-8',
      } as Record<string, string>,
    });
  // A package cannot be held until the driver is attached: where the driver missed its first page, it is started once more.
  const electron = await (options.packaged ? start().catch(start) : start());
  const log: string[] = [];
  for (const stream of [electron.process().stdout, electron.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => log.push(...chunk.toString().split('\n').filter(Boolean)));
  }
  electron.on('window', holdStill);
  const page = await electron.firstWindow();
  await holdStill(page);
  if (options.showsScreen !== false) await page.locator('main').first().waitFor();
  return { electron, page, userData, log, close: () => closeWithin(electron, 15_000) };
}

function scaleFlags(scale: number | undefined): string[] {
  return scale === undefined ? [] : [`--force-device-scale-factor=${scale}`];
}

/** An app that does not end when it should is a fault of its own: it is named, and ended. */
async function closeWithin(electron: ElectronApplication, patience: number): Promise<void> {
  const program = electron.process();
  const late = setTimeout(() => program.kill('SIGKILL'), patience);
  await stopWhatGoesOn(electron).catch(() => undefined);
  await electron.close();
  clearTimeout(late);
  if (program.signalCode === 'SIGKILL') throw new Error('the app was asked to quit and did not');
}

/** Who closes the app with work under way is asked, and means it. */
async function stopWhatGoesOn(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
  });
}

/** One app for all tests of a file or group; `prepare` says how it is started. */
export function shareCairn(prepare: () => Promise<LaunchOptions> | LaunchOptions): () => Cairn {
  let cairn: Cairn | null = null;
  test.beforeAll(async () => {
    cairn = await launchCairn(await prepare());
  });
  test.afterAll(async () => {
    await cairn?.close();
  });
  return () => {
    if (!cairn) throw new Error('the app is not started yet');
    return cairn;
  };
}
