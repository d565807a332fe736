import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { Failure, Result } from '../../shared/failure.ts';
import { type RequestName, requestNames } from '../../shared/ipc/channels.ts';
import { type Requests, requests } from '../../shared/ipc/contract.ts';
import { toFailure } from '../core/errors.ts';
import { createLimit } from './create-limit.ts';
import type { Answer } from './listen-for-requests.ts';
import { isTrustedSender } from './trusted-senders.ts';

/** One handler for each request, given the input as checked and the window that asks. */
export type Handlers = {
  [N in RequestName]: (
    input: Requests[N]['input'],
    from: WebContents,
  ) => Requests[N]['output'] | Promise<Requests[N]['output']>;
};

/** Answers every request of the contract: trusted sender, then strict schema, then handler; nothing is ever thrown across. */
export function serveRequests(handlers: Handlers): Answer {
  const listeners = new Map(requestNames.map((name) => [name, createListener(name, handlers)]));
  return async (name, event, inputs) => listeners.get(name)?.(event, ...inputs);
}

type Event = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/** What answers one request, from the raw event to the result. */
export function createListener<N extends RequestName>(name: N, handlers: Handlers) {
  return async (event: Event, ...inputs: unknown[]): Promise<Result<Requests[N]['output']>> => {
    if (!isTrustedSender(event)) return refuse(name, 'it does not come from a window of Cairn');
    const input = requests[name].input.safeParse(inputs[0]);
    if (inputs.length !== 1 || !input.success) return refuse(name, 'it is not what the contract says');
    return settle(name, event.sender, async () =>
      handlers[name](input.data as Requests[N]['input'], event.sender),
    );
  };
}

async function settle<T>(name: RequestName, from: WebContents, act: () => Promise<T>): Promise<Result<T>> {
  if (!begin(from)) return refuse(name, 'too many others are not answered yet');
  try {
    return { ok: true, value: await act() };
  } catch (thrown) {
    return fail(name, thrown);
  } finally {
    end(from);
  }
}

/** So many requests of a window may be unanswered at once: our own pages never come near that. */
export const mostUnanswered = 1000;
const unanswered = new WeakMap<WebContents, number>();

/** @returns false where a window asks faster than it can be answered */
function begin(from: WebContents): boolean {
  const before = unanswered.get(from) ?? 0;
  if (before >= mostUnanswered) return false;
  unanswered.set(from, before + 1);
  return true;
}

function end(from: WebContents): void {
  unanswered.set(from, (unanswered.get(from) ?? 1) - 1);
}

/** A request that failed, as far as it names nothing of anybody's. */
export interface RequestFailure {
  at: string;
  request: RequestName;
  code: Failure['code'];
}

/** So many are remembered. */
const remembered = 50;
const failures: RequestFailure[] = [];

/** The last requests that failed since the start, oldest first. */
export function recentFailures(): readonly RequestFailure[] {
  return failures;
}

function remember(request: RequestName, code: Failure['code']): void {
  failures.push({ at: new Date().toISOString(), request, code });
  if (failures.length > remembered) failures.shift();
}

function fail(name: RequestName, thrown: unknown): { ok: false; failure: Failure } {
  const failure = toFailure(thrown);
  remember(name, failure.code);
  if (failure.code === 'Unexpected') console.error(`${name} failed:`, thrown);
  return { ok: false, failure };
}

/** A flood of refusals must not fill the log. */
const mayLog = createLimit(200, 60_000);

function refuse(name: RequestName, why: string): { ok: false; failure: Failure } {
  if (mayLog()) console.error(`refused ${name}: ${why}`);
  remember(name, 'Refused');
  return { ok: false, failure: { code: 'Refused', message: `The request was refused: ${why}.`, path: null } };
}
