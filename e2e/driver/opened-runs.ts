import { type Page, test } from '@playwright/test';
import { type Cairn, launchCairn } from './launch-cairn.ts';
import { expectVersionCount, tableOf } from './versions-table.ts';

/** What tests of one file do with the app they share. */
interface OpenedRuns {
  /** Shows these runs and nothing else, with nothing remembered by the window, once the first has `count` versions on screen. */
  open: (runs: string | readonly string[], count?: number) => Promise<Page>;
  /** Quits the app and starts it on a run, with all that it remembers. */
  restart: (run: string) => Promise<Page>;
  app: () => Cairn;
}

/** An app for the tests of a file. Only what the main process remembers of its user is theirs together. */
export function openedRuns(): OpenedRuns {
  let cairn: Cairn | null = null;
  const app = () => {
    if (!cairn) throw new Error('no run is open yet');
    return cairn;
  };
  const quit = async () => {
    await cairn?.close();
    cairn = null;
  };
  test.afterAll(quit);
  return {
    open: async (runs, count = 26) => {
      if (cairn) await openInstead(cairn, [runs].flat());
      else cairn = await launchCairn({ runs: [runs].flat() });
      await expectVersionCount(cairn.page, count);
      return cairn.page;
    },
    restart: async (run) => {
      const { userData } = app();
      await quit();
      cairn = await launchCairn({ runs: [run], userData });
      await tableOf(cairn.page).waitFor();
      return cairn.page;
    },
    app,
  };
}

/** What the page may ask the main process, as far as it is needed here. */
interface Bridge {
  request(name: 'listRuns', input: object): Promise<{ value: { runs: { runId: string }[] } }>;
  request(name: 'closeRun', input: { runId: string }): Promise<unknown>;
}

/** Opens these runs in the place of those that are open. */
async function openInstead({ electron, page }: Cairn, runs: readonly string[]): Promise<void> {
  await page.evaluate(async () => {
    const { cairn } = window as unknown as { cairn: Bridge };
    const { value } = await cairn.request('listRuns', {});
    for (const { runId } of value.runs) await cairn.request('closeRun', { runId });
    localStorage.clear();
    sessionStorage.clear();
  });
  await startAgain(electron, runs);
  await page.reload();
}

/** As a second start of the app opens runs, with an empty clipboard. */
export async function startAgain(electron: Cairn['electron'], runs: readonly string[]): Promise<void> {
  await electron
    .evaluate(({ app, clipboard }, asked) => {
      clipboard.clear();
      app.emit('second-instance', {}, [process.execPath, app.getAppPath(), ...asked], '/');
    }, runs)
    .catch(passOverCollected);
}

/** What was asked of the main process has been done; where it collects garbage in that moment the driver is not told so. */
function passOverCollected(error: unknown): void {
  if (!`${error}`.includes('Resulting promise was garbage collected')) throw error;
}
