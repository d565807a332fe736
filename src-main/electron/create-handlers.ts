import { basename, dirname, join } from 'node:path';
import { app, clipboard, shell, type WebContents } from 'electron';
import type { Requests } from '../../shared/ipc/contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { readHydraOf } from '../core/contents/read-surroundings.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { type AppDesk, createAppHandlers } from './app-handlers.ts';
import { askCheckpoint } from './ask-checkpoint.ts';
import { askTarget } from './ask-target.ts';
import { createBackupHandlers } from './backup-handlers.ts';
import { createBenchmarkHandlers } from './benchmark-handlers.ts';
import { createChartHandlers } from './chart-handlers.ts';
import { createCheckpointHandlers } from './checkpoint-handlers.ts';
import { createChoiceHandlers } from './choice-handlers.ts';
import { chooseFolder } from './choose-folder.ts';
import { confirmInDialog } from './confirm-words.ts';
import { createContentsHandlers } from './contents-handlers.ts';
import { createConvertHandlers } from './convert-handlers.ts';
import { describeEnvironment } from './environment.ts';
import { createHyperparameterHandlers } from './hyperparameter-handlers.ts';
import { createMarkHandlers } from './mark-handlers.ts';
import { type OpenAs, openPath } from './open-path.ts';
import { createPruneRunsHandlers } from './prune-runs-handlers.ts';
import { createRecentHandlers } from './recent-handlers.ts';
import type { RecentEntry, Recents } from './recents.ts';
import { createRestoreHandlers } from './restore-handlers.ts';
import { prepareSampleRun } from './sample-run.ts';
import type { Handlers } from './serve-requests.ts';
import { shownDetails } from './shown-details.ts';
import { createSideBySideHandlers } from './side-by-side-handlers.ts';
import { startDrag } from './start-drag.ts';
import { createTakingHandlers } from './taking-handlers.ts';
import { createTrashHandlers } from './trash-handlers.ts';
import { createUpkeepHandlers } from './upkeep-handlers.ts';
import { NoSuchHandleError } from './version-handles.ts';
import type { WindowSession } from './window-session.ts';
import { createWorkspaceHandlers } from './workspace-handlers.ts';
import { createWritingHandlers } from './writing-handlers.ts';

/** Where handlers find what belongs to the window that asks. */
export interface Desk extends AppDesk {
  recents: Recents;
  /** The folder that the files of evaluators are looked for in. */
  here: string;
}

type RunRequest =
  | 'getEnvironment'
  | 'chooseRun'
  | 'openDropped'
  | 'openSampleRun'
  | 'listRuns'
  | 'closeRun'
  | 'openRenamed'
  | 'listVersions'
  | 'showVersion'
  | 'findSame'
  | 'verifyRun'
  | 'cancelTask'
  | 'copyChecksum'
  | 'revealVersion';

/** What each request does. Inputs are checked and senders trusted before anything here runs. */
export function createHandlers(desk: Desk): Handlers {
  const session = desk.sessionOf;
  const open = (from: WebContents, path: string, as?: OpenAs) => openPath(desk, from, path, as);
  const copy = (text: string) => clipboard.writeText(text);
  return {
    ...createRunHandlers(desk),
    ...createAppHandlers(desk),
    ...createRecentHandlers(desk.recents, { ask: askWhere, open }),
    ...createCheckpointHandlers(session, {
      askFile: askCheckpoint,
      open,
      copy,
      reveal,
    }),
    ...createWorkspaceHandlers(session, { open, copy, reveal }),
    ...createWritingHandlers(session),
    ...createPruneRunsHandlers(session),
    ...createChoiceHandlers(session),
    ...createMarkHandlers(session),
    ...createTrashHandlers(session),
    ...createUpkeepHandlers(session, {
      chooseExportFolder: (from) => chooseFolder(from, 'Export to', ['openDirectory', 'createDirectory']),
      chooseReportFile: (from, suggested, format) => askTarget(from, 'Save the report', suggested, format),
      madeBy: `Cairn ${app.getVersion()}`,
    }),
    ...createContentsHandlers(session, askTarget, (from) =>
      chooseFolder(from, 'Export tensors to', ['openDirectory', 'createDirectory']),
    ),
    ...createConvertHandlers(session, askTarget),
    ...createHyperparameterHandlers(session),
    ...createChartHandlers(session, askTarget),
    ...createTakingHandlers(session, {
      copy,
      askTarget: (from, suggested, format) => askTarget(from, 'Export the list', suggested, format),
      reveal,
      startDrag,
    }),
    ...createSideBySideHandlers(session, { copy, askTarget }),
    ...createBenchmarkHandlers(session, desk.here, confirmInDialog()),
    ...createRestoreHandlers(session),
    ...createBackupHandlers(session, {
      chooseFolder: (from, purpose) =>
        purpose === 'back up'
          ? chooseFolder(from, 'Back up to', ['openDirectory', 'createDirectory'])
          : chooseFolder(from, 'Open backups in'),
      defaultFolder: () => desk.backupPlace.folder,
    }),
  };
}

/** What opens runs and reads them. */
function createRunHandlers(desk: Desk): Pick<Handlers, RunRequest> {
  const session = desk.sessionOf;
  const open = (from: WebContents, path: string) => openPath(desk, from, path);
  return {
    getEnvironment: () => describeEnvironment(),
    chooseRun: async (_input, from) => ({ openedId: await chooseRun(desk, from) }),
    openDropped: ({ path }, from) => ({ openedId: open(from, path) }),
    openSampleRun: (_input, from) => ({
      openedId: open(from, prepareSampleRun(app.getPath('userData'))),
    }),
    // The page listens before it asks this.
    listRuns: (_input, from) => {
      session(from).pageListens();
      return listOpen(session(from));
    },
    closeRun: ({ runId }, from) => {
      session(from).closeRun(runId);
      return {};
    },
    openRenamed: ({ runId }, from) => {
      const { manager } = session(from).run(runId);
      const { renamed } = manager.watch;
      if (renamed === undefined) throw new NoSuchHandleError('The folder was not renamed, or again since.');
      session(from).closeRun(runId);
      return { openedId: session(from).open(join(dirname(manager.root), renamed)).runId };
    },
    listVersions: ({ runId, from: first }, from) => session(from).run(runId).page(first),
    showVersion: async ({ runId, version, whole }, from) => {
      const { manager, handles } = session(from).run(runId);
      session(from).contents.prepare();
      const described = manager.describe(handles.idOf(version));
      const hydra = described.sidecar === null ? await readHydraOf(described.path) : null;
      const details = { ...described, hydra };
      return { json: whole ? stringifyJson(details) : shownDetails(details) };
    },
    findSame: async ({ runId, version }, from) => {
      const { manager, handles } = session(from).run(runId);
      return { same: await manager.sameAs(handles.idOf(version)) };
    },
    verifyRun: ({ runId, versions }, from) => ({ taskId: session(from).verify(runId, versions) }),
    cancelTask: ({ taskId }, from) => {
      session(from).cancel(taskId);
      return {};
    },
    copyChecksum: ({ runId, version }, from) => {
      const { manager, handles } = session(from).run(runId);
      clipboard.writeText(checksumOf(manager.describe(handles.idOf(version))));
      return {};
    },
    revealVersion: ({ runId, version }, from) => {
      const { manager, handles } = session(from).run(runId);
      reveal(manager.describe(handles.idOf(version)).path);
      return {};
    },
  };
}

function listOpen(session: WindowSession): Requests['listRuns']['output'] {
  const [runs, checkpoints, workspaces] = [session.runs(), session.checkpoints(), session.workspaces.list()];
  return {
    runs: runs.map((run) => run.summarise()),
    checkpoints: checkpoints.map((checkpoint) => checkpoint.summarise()),
    workspaces: workspaces.map((workspace) => workspace.summarise()),
  };
}

/** Asks the person where something is that was opened before. */
function askWhere(from: WebContents, { kind, folder }: RecentEntry): Promise<string | null> {
  const title = `Where is ${basename(folder)} now?`;
  return kind === 'checkpoint' ? askCheckpoint(from, title) : chooseFolder(from, title);
}

/** Asks the person for a folder and opens it; null when they think better of it. */
export async function chooseRun(desk: Desk, from: WebContents): Promise<string | null> {
  const folder = await chooseFolder(from, 'Open a run, or a folder of runs');
  return folder === null ? null : openPath(desk, from, folder);
}

/** Asks the person for a checkpoint and opens it. */
export async function chooseCheckpoint(desk: Desk, from: WebContents): Promise<void> {
  const file = await askCheckpoint(from, 'Open a checkpoint');
  if (file !== null) openPath(desk, from, file);
}

/** Shows a file in the system's file manager, and opens nothing. */
function reveal(path: string): void {
  shell.showItemInFolder(path);
}

function checksumOf(version: { checksum: string | null; integrity: { actual: string | null } }): string {
  const checksum = version.checksum ?? version.integrity.actual;
  if (checksum === null)
    throw new ModelNotFoundError('There is no checksum of this version yet: verify it first.');
  return checksum;
}
