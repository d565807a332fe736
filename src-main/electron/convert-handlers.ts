import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { WebContents } from 'electron';
import { stemAnew } from '../../shared/command/name-anew.ts';
import type {
  AnewRequest,
  ConvertedFile,
  convertRequests,
  ForeseenFile,
} from '../../shared/ipc/convert-contract.ts';
import type { Anew } from '../core/packing/write-anew.ts';
import { foreseeInThread, writeInThread } from '../core/packing/write-anew-in-thread.ts';
import { type AskTarget, suggestName } from './export-target.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** So many of the things that are left out are named, and so many problems. */
const mostNamed = 500;
const mostProblems = 20;

/** What each request does that has a checkpoint written as another file. None of them executes anything that is in it, or changes it. */
export function createConvertHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  askTarget: AskTarget,
): Pick<Handlers, keyof typeof convertRequests> {
  return {
    foreseeConversion: (request, from) => {
      const path = pathOf(sessionOf(from), request);
      const work = { runId: request.ownerId, kind: 'plan a conversion' } as const;
      return sessionOf(from).start(work, async ({ signal, onBytes, expect }) => {
        expect(sizeOf(path));
        const foreseen = await foreseeInThread(path, `.${request.to}`, anewOf(request), { signal, onBytes });
        const { tensors, sourceBytes, leftOut, problems } = foreseen;
        return {
          tensors,
          sourceBytes,
          leftOut: leftOut.slice(0, mostNamed),
          leftOutCount: leftOut.length,
          problems: problems.slice(0, mostProblems),
        } satisfies ForeseenFile;
      });
    },
    convertCheckpoint: async (request, from) => {
      const path = pathOf(sessionOf(from), request);
      const { act, to } = request;
      const name = suggestName(stemAnew(basename(path), request), to, 'checkpoint');
      const title = act === 'convert' ? 'Convert a checkpoint' : 'Repair a checkpoint';
      const target = await askTarget(from, title, name, to);
      if (target === null) return { taskId: null };
      return sessionOf(from).start(
        { runId: request.ownerId, kind: 'convert' },
        async ({ signal, onBytes, expect }) => {
          // It is read, then written.
          expect(2 * sizeOf(path));
          const written = await writeInThread(path, target, anewOf(request), { signal, onBytes });
          return {
            ...sessionOf(from).written.tell(written.path, written.bytes),
            tensors: written.tensors,
            leftOutCount: written.leftOut.length,
          } satisfies ConvertedFile;
        },
      );
    },
  };
}

function anewOf({ act, slim }: AnewRequest): Anew {
  return { act, slim };
}

/** Of what is not there that is said by who reads it. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** @throws NoSuchHandleError */
function pathOf(session: WindowSession, { ownerId, member }: AnewRequest): string {
  if (member === null) return session.checkpoint(ownerId).path;
  const { manager, handles } = session.run(ownerId);
  return manager.describe(handles.idOf(member)).path;
}
