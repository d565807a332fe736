import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { takingRequests } from '../../shared/ipc/taking-contract.ts';
import { loadingSnippet } from '../core/contents/loading-snippet.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { realDisk } from '../core/files/disk.ts';
import { inTurns } from '../core/files/in-turns.ts';
import { exportList } from '../core/tabular/export-list.ts';
import { delimitedLines } from '../core/tabular/list-lines.ts';
import { type FoundVersion, findVersions, runIdOf } from './find-versions.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** What is there of the machine to hand things over to. */
export interface Outside {
  copy: (text: string) => void;
  /** Asks a person where a list is to be written; null when they think better of it. */
  askTarget: (from: WebContents, suggested: string, format: 'csv' | 'json') => Promise<string | null>;
  /** Shows a file or folder where it is, in the system's file manager. */
  reveal: (path: string) => void;
  startDrag: (from: WebContents, paths: string[]) => Promise<void>;
}

/** So many files are dragged, named or loaded at once: more is a mistake. */
const mostFiles = 1000;

/** What each request does that takes something out of runs. */
export function createTakingHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  outside: Outside,
): Pick<Handlers, keyof typeof takingRequests> {
  const find = (from: WebContents, versions: readonly number[]) => findVersions(sessionOf(from), versions);
  return {
    copyCells: async ({ versions, columns, heads }, from) => {
      const lines: string[] = [];
      const all = delimitedLines({ versions: find(from, versions), columns }, 'tsv', heads);
      for await (const some of inTurns(all)) lines.push(...some);
      const text = lines.join('');
      // One cell alone is its text and no line.
      outside.copy(heads ? text : text.replace(/\n$/, ''));
      return {};
    },
    copyPlaces: async ({ versions, form }, from) => {
      const paths = placesOf(find(from, versions));
      const texts = form === 'plain' ? paths : await Promise.all(paths.map(loadingSnippet));
      outside.copy(texts.join('\n'));
      return {};
    },
    exportList: async ({ versions: wanted, columns, format }, from) => {
      const versions = find(from, wanted);
      const suggested = `${nameOf(versions)}-versions.${format}`;
      const path = await outside.askTarget(from, suggested, format);
      if (path === null) return { taskId: null };
      return sessionOf(from).start({ runId: runIdOf(versions), kind: 'export' }, async (tools) => {
        tools.expect(0, versions.length);
        const target = { path, format, signal: tools.signal, onVersion: () => tools.onFile() };
        const written = await exportList(realDisk, { versions, columns }, target);
        return sessionOf(from).written.tell(written.path, written.bytes);
      });
    },
    dragOut: async ({ versions }, from) => {
      await outside.startDrag(from, placesOf(find(from, versions)));
      return {};
    },
    revealWritten: ({ writtenId }, from) => {
      outside.reveal(sessionOf(from).written.pathOf(writtenId));
      return {};
    },
  };
}

/** What a list of versions is called: as their run, unless they are of several. */
function nameOf(versions: readonly FoundVersion[]): string {
  const [first, ...others] = new Set(versions.map(({ run }) => run.reader.root));
  return others.length > 0 ? 'all-runs' : basename(first ?? '');
}

/** @throws ModelNotFoundError for a version of which only the record is left, or for more of them than is sensible */
function placesOf(found: readonly FoundVersion[]): string[] {
  if (found.length > mostFiles)
    throw new ModelNotFoundError(`These are more than ${mostFiles} files at once: select fewer.`);
  const versions = found.map(({ run, id }) => run.reader.describe(id));
  const missing = versions.find(({ integrity }) => integrity.state === 'missing');
  if (missing)
    throw new ModelNotFoundError(
      'The file of this version is not there, only its record: look at the folder.',
    );
  return versions.map(({ path }) => path);
}
