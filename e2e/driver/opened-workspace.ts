import { type Page, test } from '@playwright/test';
import { makeWorkspace } from '../fixtures/make-workspace.ts';
import { type Cairn, launchCairn } from './launch-cairn.ts';
import { expectSearched } from './runs-table.ts';

/** The folder of runs of one test, and the app that was started on it. */
interface OpenedWorkspace {
  /** The folder. */
  outputs: () => string;
  app: () => Cairn;
  /** Its window, once all of the folder was searched. */
  opened: () => Promise<Page>;
}

/** A folder of runs for each test of a file, which may do to it what it likes, and an app of its own. */
export function openedWorkspace(): OpenedWorkspace {
  let folder = '';
  let cairn: Cairn | null = null;
  const app = () => {
    if (!cairn) throw new Error('the app is not started yet');
    return cairn;
  };
  test.beforeEach(async () => {
    folder = await makeWorkspace();
    cairn = await launchCairn({ runs: [folder] });
  });
  test.afterEach(async () => {
    await cairn?.close();
    cairn = null;
  });
  return {
    outputs: () => folder,
    app,
    opened: async () => {
      await expectSearched(app().page);
      return app().page;
    },
  };
}
