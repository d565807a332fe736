import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { takingRequests } from '../../shared/ipc/taking-contract.ts';
import { loadingSnippet } from '../core/contents/loading-snippet.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { realDisk } from '../core/files/disk.ts';
import { exportList } from '../core/tabular/export-list.ts';
import { delimitedLines } from '../core/tabular/list-lines.ts';
import type { OpenRun } from './open-run.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** What is there of the machine to hand things over to. */
export interface Outside {
  copy: (text: string) => void;
  /** Asks a person where a list is to be written; null when they think better of it. */
  askTarget: (from: WebContents, suggested: string, format: 'csv' | 'json') => Promise<string | null>;
  startDrag: (from: WebContents, paths: string[]) => Promise<void>;
}

/** So many files are dragged, named or loaded at once: more is a mistake. */
const mostFiles = 1000;

/** What each request does that takes something out of a run. */
export function createTakingHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  outside: Outside,
): Pick<Handlers, keyof typeof takingRequests> {
  const find = (from: WebContents, runId: string, versions: readonly number[]) => {
    const run = sessionOf(from).run(runId);
    return { run, ids: versions.map((version) => run.handles.idOf(version)) };
  };
  return {
    copyCells: ({ runId, versions, columns, heads }, from) => {
      const { run, ids } = find(from, runId, versions);
      const text = [...delimitedLines(run.manager, { ids, columns }, 'tsv', heads)].join('');
      // One cell alone is its text and no line.
      outside.copy(heads ? text : text.replace(/\n$/, ''));
      return {};
    },
    copyPlaces: async ({ runId, versions, form }, from) => {
      const { run, ids } = find(from, runId, versions);
      const paths = placesOf(run, ids);
      const texts = form === 'plain' ? paths : await Promise.all(paths.map(loadingSnippet));
      outside.copy(texts.join('\n'));
      return {};
    },
    exportList: async ({ runId, versions, columns, format }, from) => {
      const { run, ids } = find(from, runId, versions);
      const suggested = `${basename(run.manager.root)}-versions.${format}`;
      const path = await outside.askTarget(from, suggested, format);
      if (path === null) return { taskId: null };
      return sessionOf(from).start({ runId, kind: 'export' }, async ({ signal }) => {
        const written = await exportList(realDisk, run.manager, { ids, columns }, { path, format, signal });
        return { label: basename(written.path), bytes: written.bytes };
      });
    },
    dragOut: async ({ runId, versions }, from) => {
      const { run, ids } = find(from, runId, versions);
      await outside.startDrag(from, placesOf(run, ids));
      return {};
    },
  };
}

/** @throws ModelNotFoundError for a version of which only the record is left, or for more of them than is sensible */
function placesOf({ manager }: OpenRun, ids: readonly string[]): string[] {
  if (ids.length > mostFiles)
    throw new ModelNotFoundError(`These are more than ${mostFiles} files at once: choose fewer.`);
  const versions = ids.map((id) => manager.describe(id));
  const missing = versions.find(({ integrity }) => integrity.state === 'missing');
  if (missing)
    throw new ModelNotFoundError(
      'The file of this version is not there, only its record: look at the folder.',
    );
  return versions.map(({ path }) => path);
}
