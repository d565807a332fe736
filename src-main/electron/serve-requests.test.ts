import { ipcMain } from 'electron';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { channelOf, type RequestName, requestNames } from '../../shared/ipc/channels.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { good, isGood } from './good-requests.fixture.ts';
import { createListener, type Handlers, serveRequests } from './serve-requests.ts';
import { trustWindow } from './trusted-senders.ts';

vi.mock('electron', () => ({ ipcMain: { handle: vi.fn() } }));

const { CAIRN_TORTURE } = process.env;
/** At a time: a million at once would not fit into memory. */
const payloads = 10_000;
const rounds = CAIRN_TORTURE ? 100 : 1;

const mainFrame = { url: 'app://cairn/index.html' };
const sender = { mainFrame, isDestroyed: () => false };
const trusted = { sender, senderFrame: mainFrame } as never;
const foreign = { sender, senderFrame: { url: 'app://cairn/index.html' } } as never;
trustWindow(sender as never);

/** Handlers that count how often any of them runs. */
function spyHandlers(): { handlers: Handlers; calls: () => number } {
  const spy = vi.fn(() => ({}));
  const handlers = Object.fromEntries(requestNames.map((name) => [name, spy])) as unknown as Handlers;
  return { handlers, calls: () => spy.mock.calls.length };
}

const nasty = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
  fc.constantFrom<unknown>(
    '../../etc/passwd',
    '\0',
    '__proto__',
    -1,
    -0,
    0.5,
    2 ** 53,
    Number.NaN,
    [],
    {},
    null,
  ),
  fc.string({ maxLength: 64 }),
  fc.stringMatching(/^[0-9a-fA-F]{30,34}$/),
);

/** A good input with something done to it, or anything at all. */
function payload(name: RequestName): fc.Arbitrary<unknown> {
  const keys = Object.keys(good[name]);
  const withOne = fc.tuple(fc.oneof(fc.constantFrom(...keys, 'extra'), fc.string()), nasty);
  const changed = withOne.map(([key, value]) => Object.defineProperty({ ...good[name] }, key, plain(value)));
  const without = fc.constantFrom(...keys, 'nothing').map((gone) => {
    return Object.fromEntries(Object.entries(good[name]).filter(([key]) => key !== gone));
  });
  return fc.oneof(
    { weight: 3, arbitrary: changed },
    { weight: 1, arbitrary: without },
    { weight: 2, arbitrary: nasty },
  );
}

function plain(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

async function sendWrong(name: RequestName, round: number): Promise<void> {
  const { handlers, calls } = spyHandlers();
  const listener = createListener(name, handlers);
  const inputs = fc.sample(payload(name), { numRuns: payloads, seed: 20_260_302 + round });
  const wrong = inputs.filter((input) => !isGood(name, input));
  expect(wrong.length).toBeGreaterThan(payloads / 2);
  for (const input of wrong) {
    const { ok } = await listener(trusted, input);
    if (ok || calls() > 0) expect.fail(`${name} took ${fc.stringify(input)}`);
  }
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a request of the window', () => {
  test.each(requestNames)('%s with what the contract says reaches its handler once', async (name) => {
    const { handlers, calls } = spyHandlers();
    expect(await createListener(name, handlers)(trusted, good[name])).toEqual({ ok: true, value: {} });
    expect(calls()).toBe(1);
  });

  test.each(requestNames)('%s from anyone else is refused, and it is logged', async (name) => {
    const { handlers, calls } = spyHandlers();
    const answer = await createListener(name, handlers)(foreign, good[name]);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'Refused', path: null } });
    expect(calls()).toBe(0);
    expect(console.error).toHaveBeenCalledWith(`refused ${name}: it does not come from a window of Cairn`);
  });

  test.each(requestNames)('%s with too few or too many arguments is refused', async (name) => {
    const { handlers, calls } = spyHandlers();
    const listener = createListener(name, handlers);
    for (const inputs of [[], [good[name], good[name]], [good[name], undefined], [undefined]])
      expect(await listener(trusted, ...inputs)).toMatchObject({ ok: false, failure: { code: 'Refused' } });
    expect(calls()).toBe(0);
  });

  test.each(requestNames)(
    '10: %s with any wrong input never reaches its handler',
    { timeout: 120_000 * rounds },
    async (name) => {
      for (let round = 0; round < rounds; round += 1) await sendWrong(name, round);
    },
  );

  test('fails with what was thrown: known failures as they are, others logged as faults', async () => {
    const { handlers } = spyHandlers();
    const listener = createListener('listRuns', {
      ...handlers,
      listRuns: () => {
        throw new ModelNotFoundError('gone', { path: '/run' });
      },
    });
    expect(await listener(trusted, {})).toEqual({
      ok: false,
      failure: { code: 'ModelNotFound', message: 'gone', path: '/run' },
    });
    const faulty = createListener('listRuns', {
      ...handlers,
      listRuns: () => Promise.reject(new Error('oops')),
    });
    expect(await faulty(trusted, {})).toMatchObject({ ok: false, failure: { code: 'Unexpected' } });
    expect(console.error).toHaveBeenCalledTimes(1);
  });
});

test('every request of the contract is served, each once, and nothing else is', () => {
  serveRequests(spyHandlers().handlers);
  const channels = vi.mocked(ipcMain.handle).mock.calls.map(([channel]) => channel);
  expect(channels).toEqual(requestNames.map(channelOf));
});
