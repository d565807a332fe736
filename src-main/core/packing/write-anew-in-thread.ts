import type { Failure } from '../../../shared/failure.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { askWorker, Stopped } from '../workers/ask-worker.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import { usualLimits } from '../workers/worker-limits.ts';
import type { Anew, Following, ForeseenAnew, Written } from './write-anew.ts';

/** With `out` it is written there, without only foreseen. */
export type AnewRequest = { path: string; anew: Anew } & (
  | { out: string }
  | { ending: '.pt' | '.safetensors' }
);
export type AnewReply =
  | { type: 'progress'; bytes: number }
  | { type: 'done'; result: ForeseenAnew | Written }
  | { type: 'failed'; failure: Failure };

/** `writeAnew` in a thread of its own: whatever the file holds, it costs that thread and no more. @throws what that throws */
export async function writeInThread(
  path: string,
  out: string,
  anew: Anew,
  following: Following = {},
): Promise<Written> {
  return (await ask({ path, out, anew }, following)) as Written;
}

/** `foreseeAnew` in a thread of its own. @throws what that throws */
export function foreseeInThread(
  path: string,
  ending: '.pt' | '.safetensors',
  anew: Anew,
  following: Following = {},
): Promise<ForeseenAnew> {
  return ask({ path, ending, anew }, following);
}

async function ask(request: AnewRequest, { signal, onBytes }: Following): Promise<ForeseenAnew | Written> {
  signal?.throwIfAborted();
  const worker = takeWorker('write-anew-worker', usualLimits.memory);
  // It takes away itself what it has begun.
  const cancel = () => worker.postMessage('cancel');
  signal?.addEventListener('abort', cancel, { once: true });
  const reply = await askWorker(worker, request, usualLimits.time, (message: AnewReply) => {
    if (message.type !== 'progress') return message;
    onBytes?.(message.bytes);
    return undefined;
  });
  signal?.removeEventListener('abort', cancel);
  await worker.terminate();
  if (reply instanceof Stopped)
    throw new ModelManagerError(
      `cannot read ${request.path} — reading it ${reply.why} — look into it by hand`,
      {
        path: request.path,
      },
    );
  if (reply.type === 'done') return reply.result;
  signal?.throwIfAborted();
  throw errorOf(reply.failure);
}

function errorOf({ code, message, path }: Failure): Error {
  return code === 'Usage' ? new UsageError(message, { path }) : new ModelManagerError(message, { path });
}
