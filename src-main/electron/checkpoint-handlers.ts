import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { checkpointRequests } from '../../shared/ipc/checkpoint-contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { readSurroundings } from '../core/contents/read-surroundings.ts';
import { viewContents } from '../core/contents/view-contents.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { compareFiles } from './compare-files.ts';
import type { OpenAs } from './open-path.ts';
import { publish } from './publish-events.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

interface Means {
  /** Asks a person for a file; null when they think better of it. */
  askFile: (from: WebContents, title: string) => Promise<string | null>;
  /** Opens what a path stands for; gives its handle. @throws UsageError */
  open: (from: WebContents, path: string, as?: OpenAs) => string;
  copy: (text: string) => void;
  reveal: (path: string) => void;
}

/** What each request does that is about checkpoints without a run. None of them executes anything that is in a file. */
export function createCheckpointHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  { askFile, open, copy, reveal }: Means,
): Pick<Handlers, keyof typeof checkpointRequests> {
  return {
    chooseCheckpoint: async (_input, from) => {
      const path = await askFile(from, 'Open a checkpoint');
      return { openedId: path === null ? null : open(from, path) };
    },
    closeCheckpoint: ({ checkpointId }, from) => {
      sessionOf(from).closeCheckpoint(checkpointId);
      return {};
    },
    openCheckpoint: async ({ checkpointId }, from) => {
      const session = sessionOf(from);
      const { path } = session.checkpoint(checkpointId);
      const contents = await session.contents.open(checkpointId, path);
      const view = viewContents(contents.inspection, await readSurroundings(path));
      return {
        contentsId: contents.contentsId,
        json: stringifyJson(view),
        measured: contents.isMeasured,
      };
    },
    verifyCheckpoint: ({ checkpointId }, from) => {
      const session = sessionOf(from);
      const checkpoint = session.checkpoint(checkpointId);
      return session.start({ runId: checkpointId, kind: 'verify' }, async (tools) => {
        const integrity = await checkpoint.verify(tools);
        publish(from, 'checkpointChanged', checkpoint.summarise());
        return integrity;
      });
    },
    copyCheckpointChecksum: ({ checkpointId }, from) => {
      const { recorded, integrity } = sessionOf(from).checkpoint(checkpointId).summarise();
      const checksum = integrity?.actual ?? recorded;
      if (checksum === null)
        throw new ModelNotFoundError('There is no checksum of this file yet: verify it first.');
      copy(checksum);
      return {};
    },
    openRunAside: ({ checkpointId }, from) => {
      const session = sessionOf(from);
      const { run, path } = session.checkpoint(checkpointId);
      if (!run) throw new ModelNotFoundError(`The folder of ${basename(path)} is no run any more.`);
      const openedId = open(from, run.root, 'run');
      session.showVersion(session.run(openedId), run.id);
      return { openedId };
    },
    revealCheckpoint: ({ checkpointId }, from) => {
      reveal(sessionOf(from).checkpoint(checkpointId).path);
      return {};
    },
    compareCheckpoint: async ({ checkpointId }, from) => {
      const session = sessionOf(from);
      const { path } = session.checkpoint(checkpointId);
      const other = await askFile(from, `Compare ${basename(path)} with`);
      if (other === null) return { taskId: null, other: null };
      const { taskId } = session.start({ runId: checkpointId, kind: 'compare' }, (tools) =>
        compareFiles(path, other, tools),
      );
      return { taskId, other: { name: basename(other), path: other } };
    },
  };
}
