import type { WebContents } from 'electron';
import type { contentsRequests } from '../../shared/ipc/contents-contract.ts';
import { stringifyJson } from '../../shared/model/json.ts';
import { readSurroundings } from '../core/contents/read-surroundings.ts';
import { viewContents } from '../core/contents/view-contents.ts';
import { noteWeights } from '../core/integrity/measured-weights.ts';
import { peekSlice } from '../core/tensors/peek-slice.ts';
import { compareFiles } from './compare-files.ts';
import { createElementExports } from './element-export-handlers.ts';
import type { AskTarget } from './export-target.ts';
import { checkWeights, trackRun } from './measure-versions.ts';
import type { OpenContents } from './open-contents.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** So many are shown at once. */
const mostBytes = 512;

async function readBytes(contents: OpenContents, tensor: number, start: number) {
  const { data } = contents.tensor(tensor);
  if (!data) return { figures: null, all: 0 };
  const from = Math.min(start, data.length);
  const length = Math.min(mostBytes, data.length - from);
  const bytes = await contents.use(() => data.source.read(data.start + from, length));
  return { figures: bytes.toString('hex'), all: data.length };
}

async function openVersion(session: WindowSession, runId: string, version: number) {
  const { manager, handles } = session.run(runId);
  const id = handles.idOf(version);
  const { path, sidecar } = manager.describe(id);
  const identity = manager.identityNow(id);
  const contents = await session.contents.open(runId, path, (weights) =>
    noteWeights(manager, id, identity, weights),
  );
  const surroundings = await readSurroundings(path);
  const view = viewContents(contents.inspection, { ...surroundings, sidecar });
  return { contentsId: contents.contentsId, json: stringifyJson(view), measured: contents.isMeasured };
}

/** What each request does that looks into versions. None of them executes anything that is in a file. */
export function createContentsHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  askTarget: AskTarget,
  chooseFolder: (from: WebContents) => Promise<string | null>,
): Pick<Handlers, keyof typeof contentsRequests> {
  const opened = (from: WebContents, contentsId: string) => sessionOf(from).contents.get(contentsId);
  return {
    openContents: ({ runId, version }, from) => openVersion(sessionOf(from), runId, version),
    closeContents: ({ contentsId }, from) => {
      sessionOf(from).contents.closeIfOpen(contentsId);
      return {};
    },
    measureTensors: ({ contentsId, tensors }, from) => {
      const contents = opened(from, contentsId);
      return sessionOf(from).start({ runId: contents.runId, kind: 'measure' }, (tools) =>
        contents.measure(tensors, tools),
      );
    },
    countBins: ({ contentsId, tensor, scale }, from) => {
      const contents = opened(from, contentsId);
      return sessionOf(from).start({ runId: contents.runId, kind: 'measure' }, (tools) =>
        contents.count(tensor, scale, tools),
      );
    },
    peekTensor: async ({ contentsId, tensor, ranges }, from) => {
      const contents = opened(from, contentsId);
      const peek = await contents.use(() => peekSlice(contents.tensor(tensor), ranges));
      return { json: peek && stringifyJson(peek.values) };
    },
    peekBytes: ({ contentsId, tensor, from: start }, from) =>
      readBytes(opened(from, contentsId), tensor, start),
    ...createElementExports(sessionOf, opened, { askTarget, chooseFolder }),
    compareVersions: ({ a, b }, from) => {
      const session = sessionOf(from);
      const pathOf = (version: number) => {
        const { manager, handles } = session.runOf(version);
        return manager.describe(handles.idOf(version)).path;
      };
      const [one, other, { runId }] = [pathOf(a), pathOf(b), session.runOf(b)];
      return session.start({ runId, kind: 'compare' }, (tools) => compareFiles(one, other, tools));
    },
    measureRun: ({ runId }, from) => {
      const run = sessionOf(from).run(runId);
      return sessionOf(from).start({ runId, kind: 'measure' }, (tools) => trackRun(run, tools));
    },
    checkWeights: ({ version }, from) => {
      const session = sessionOf(from);
      const { runId, manager, handles } = session.runOf(version);
      const id = handles.idOf(version);
      return session.start({ runId, kind: 'measure' }, (tools) => checkWeights(manager, id, tools));
    },
    readParts: ({ taskId, from: start }, from) => ({ json: sessionOf(from).works.readParts(taskId, start) }),
    awaitWork: async ({ taskId }, from) => ({ json: await sessionOf(from).works.finish(taskId) }),
  };
}
