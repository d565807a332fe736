import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { contentsRequests } from '../../shared/ipc/contents-contract.ts';
import type { DiffView } from '../../shared/model/contents-view.ts';
import type { DiffOutput } from '../../shared/model/diff-output.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { type Inspection, inspectFile, whileUnchanged } from '../core/contents/inspect-file.ts';
import { usualLimits } from '../core/contents/reading-limits.ts';
import { viewContents } from '../core/contents/view-contents.ts';
import { diffContents } from '../core/diff/diff-contents.ts';
import { viewDiff } from '../core/diff/view-diff.ts';
import { realDisk } from '../core/files/disk.ts';
import type { Tensor } from '../core/formats/contents.ts';
import { exportTensor } from '../core/tensors/export-tensor.ts';
import { peekSlice } from '../core/tensors/peek-slice.ts';
import { type AskTarget, suggestName } from './export-target.ts';
import { trackRun } from './measure-versions.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';
import type { WorkTools } from './work.ts';

/** What each request does that looks into versions. None of them executes anything that is in a file. */
export function createContentsHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  askTarget: AskTarget,
): Pick<Handlers, keyof typeof contentsRequests> {
  const opened = (from: WebContents, contentsId: string) => sessionOf(from).contents.get(contentsId);
  const start = (from: WebContents, runId: string, job: (tools: WorkTools) => Promise<unknown>) => ({
    taskId: sessionOf(from).works.start(runId, job),
  });
  return {
    openContents: async ({ runId, version }, from) => {
      const session = sessionOf(from);
      const { manager, handles } = session.run(runId);
      const { path, sidecar } = manager.describe(handles.idOf(version));
      const contents = await session.contents.open(runId, path);
      const view = viewContents(contents.inspection, sidecar);
      return { contentsId: contents.contentsId, json: stringifyJson(view) };
    },
    closeContents: ({ contentsId }, from) => {
      sessionOf(from).contents.closeIfOpen(contentsId);
      return {};
    },
    measureTensors: ({ contentsId, tensors }, from) => {
      const contents = opened(from, contentsId);
      return start(from, contents.runId, (tools) => contents.measure(tensors, tools));
    },
    countBins: ({ contentsId, tensor, scale }, from) => {
      const contents = opened(from, contentsId);
      return start(from, contents.runId, (tools) => contents.count(tensor, scale, tools));
    },
    peekTensor: async ({ contentsId, tensor, ranges }, from) => {
      const contents = opened(from, contentsId);
      const peek = await contents.use(() => peekSlice(contents.tensor(tensor), ranges));
      return { json: peek && stringifyJson(peek.values) };
    },
    exportTensor: async ({ contentsId, tensor: place, format }, from) => {
      const contents = opened(from, contentsId);
      const tensor = contents.tensor(place);
      const target = await askTarget(
        from,
        'Export a tensor',
        suggestName(tensor.name, format, 'tensor'),
        format,
      );
      if (target === null) return { taskId: null };
      return start(from, contents.runId, ({ signal }) =>
        contents.use(async (closing) => {
          const { path, bytes } = await exportTensor(realDisk, tensor, target, closing);
          return { label: basename(path), bytes };
        }, signal),
      );
    },
    compareVersions: ({ runId, a, b }, from) => {
      const { manager, handles } = sessionOf(from).run(runId);
      const [one, other] = [a, b].map((version) => manager.describe(handles.idOf(version)).path);
      return start(from, runId, (tools) => compareFiles(one as string, other as string, tools));
    },
    measureRun: ({ runId }, from) => {
      const run = sessionOf(from).run(runId);
      return start(from, runId, (tools) => trackRun(run, tools));
    },
    awaitWork: async ({ taskId }, from) => ({ json: await sessionOf(from).works.finish(taskId) }),
  };
}

async function compareFiles(one: string, other: string, tools: WorkTools): Promise<DiffView> {
  return withFile(one, tools, (a) =>
    withFile(other, tools, async (b) => {
      const sum = (tensors: readonly Tensor[]) => tensors.reduce((bytes, tensor) => bytes + tensor.bytes, 0);
      tools.expect(Math.min(sum(a.contents.tensors), sum(b.contents.tensors)));
      const output: Omit<DiffOutput, 'a' | 'b'> = await diffContents(a.contents, b.contents, tools);
      return viewDiff(output);
    }),
  );
}

async function withFile<T>(
  path: string,
  { signal }: WorkTools,
  use: (file: Inspection) => Promise<T>,
): Promise<T> {
  const inspection = await inspectFile(path, { ...usualLimits, signal });
  try {
    return await whileUnchanged(inspection, () => use(inspection), signal);
  } finally {
    await inspection.close();
  }
}
