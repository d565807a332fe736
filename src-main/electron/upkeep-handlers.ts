import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type {
  ExportedVersions,
  LogLine,
  SealedRun,
  writingRequests,
} from '../../shared/ipc/writing-contract.ts';
import { realDisk } from '../core/files/disk.ts';
import { writeNewFile } from '../core/files/write-new-file.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { type LogEntry, readLogInTurns } from '../core/operations/operation-log.ts';
import { buildReport } from '../core/report/build-report.ts';
import { reportText } from '../core/report/report-text.ts';
import { reportedRun } from '../core/report/reported-run.ts';
import { exportVersions } from './export-versions.ts';
import { findVersions, runIdOf } from './find-versions.ts';
import { firstNamed, versionNames } from './name-versions.ts';
import { reachOf } from './reach-of.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** The requests that look after runs: what was done to them, checksums, copies elsewhere, and reports. */
export type UpkeepRequest = Extract<
  keyof typeof writingRequests,
  'listLog' | 'sealRun' | 'exportVersions' | 'saveReport'
>;

/** What the handlers ask the person; null when they think better of it. */
export interface UpkeepQuestions {
  chooseExportFolder: (from: WebContents) => Promise<string | null>;
  chooseReportFile: (from: WebContents, suggested: string, format: 'html' | 'json') => Promise<string | null>;
  /** The program and its version, for reports. */
  madeBy: string;
}

/** So many lines of a log go to the window. */
const mostLines = 20_000;

export function createUpkeepHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  { chooseExportFolder, chooseReportFile, madeBy }: UpkeepQuestions,
): Pick<Handlers, UpkeepRequest> {
  const open = (from: WebContents, runId: string) => sessionOf(from).run(runId);
  return {
    listLog: async ({ runId }, from) => {
      const { manager } = open(from, runId);
      const { operations } = await manager.listTrash();
      const undoable = new Set(operations.map(({ id }) => id));
      const entries = await readLogInTurns(manager.bookkeeping, (message) =>
        sessionOf(from).tellFailure({ code: 'ModelManager', message, path: manager.root }),
      );
      const nameOf = versionNames(manager);
      const lines = entries.slice(-mostLines).map((entry) => ({
        ...lineOf(manager, entry, undoable),
        named: firstNamed(entry.ids, nameOf),
      }));
      return { lines: lines.reverse(), older: entries.length - lines.length };
    },
    sealRun: ({ runId }, from) => {
      const { manager } = open(from, runId);
      return sessionOf(from).start({ runId, kind: 'seal' }, async (tools) => {
        const { signal, onBytes, onFile, expect } = tools;
        const onFound = (files: number, bytes: number) => expect(bytes, files);
        const leftOut: SealedRun['leftOut'] = [];
        const onSkipped = (skipped: SealedRun['leftOut'][number]) => void leftOut.push(skipped);
        const seals = await manager.seal({ signal, onBytes, onFile, onFound, onSkipped });
        return { sealed: seals.length, leftOut } satisfies SealedRun;
      });
    },
    exportVersions: async ({ versions }, from) => {
      const found = findVersions(sessionOf(from), versions);
      const folder = await chooseExportFolder(from);
      if (folder === null) return { taskId: null };
      const runId = runIdOf(found);
      return sessionOf(from).start({ runId, kind: 'export' }, async (tools) => {
        const exported = await exportVersions(found, folder, tools);
        const writtenId = sessionOf(from).written.hand(folder);
        return { ...exported, writtenId } satisfies ExportedVersions;
      });
    },
    saveReport: async ({ runIds, format }, from) => {
      const runs = runIds.map((runId) => open(from, runId));
      const path = await chooseReportFile(from, reportName(runs, format), format);
      if (path === null) return { written: null };
      const reported = await Promise.all(runs.map(({ manager }) => reportedRun(manager)));
      const text = reportText(buildReport(reported, new Date().toISOString(), madeBy), format);
      const { size } = await writeNewFile(realDisk, path, [Buffer.from(text)]);
      return { written: sessionOf(from).written.tell(path, size) };
    },
  };
}

/** Called as its run: reports of several runs end up in one folder. */
function reportName(runs: readonly { manager: ModelManager }[], format: string): string {
  const [first, ...others] = runs;
  const of = first && others.length === 0 ? basename(first.manager.root) : 'all-runs';
  return `${of}-integrity.${format}`;
}

function lineOf(
  manager: ModelManager,
  entry: LogEntry,
  undoable: ReadonlySet<string>,
): Omit<LogLine, 'named'> {
  const { at, command, who, ids, seconds, result, operation = null, bytes = null } = entry;
  return {
    at,
    command,
    who,
    versionCount: ids.length,
    bytes,
    seconds,
    result,
    operation: operation !== null && undoable.has(operation) ? operation : null,
    reach: reachOf(ids, (id) => manager.listed(id)),
  };
}
