import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RequestName, requestNames } from '../../shared/ipc/channels.ts';
import { ModelNotFoundError } from '../core/errors.ts';
import { seededRandom } from '../core/formats/fixtures/bytes.ts';
import { good, isGood } from './good-requests.fixture.ts';
import { createListener, type Handlers, serveRequests } from './serve-requests.ts';
import { trustWindow } from './trusted-senders.ts';

/** So many of a channel in each run of the tests; `CAIRN_PAYLOADS` and `CAIRN_SEED` choose others. */
const payloads = Number(process.env['CAIRN_PAYLOADS'] ?? (process.env['CAIRN_TORTURE'] ? 1_000_000 : 10_000));
const seed = Number(process.env['CAIRN_SEED'] ?? 20_260_302);
/** Values are made so many at a time, and put into good inputs in ever other ways: making one takes as long as fifty tries. */
const poolSize = 1000;
const triesOfPool = 50_000;

/** How many each channel refused. */
const refused: number[] = [];

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

/** Good inputs with something done to them, or anything at all. */
function* wrongInputs(name: RequestName): Generator<unknown> {
  const keys = Object.keys(good[name]);
  for (let made = 0; ; made += triesOfPool) {
    const values = fc.sample(nasty, { numRuns: poolSize, seed: seed + made });
    const names = [...keys, 'extra', ...fc.sample(fc.string(), { numRuns: 50, seed: seed + made })];
    const random = seededRandom(seed + made);
    const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
    for (let index = 0; index < triesOfPool; index += 1)
      yield wrongInput(name, keys, { value: () => pick(values), name: () => pick(names), random });
  }
}

interface Source {
  value(): unknown;
  name(): string;
  /** A whole number below a limit. */
  random(limit: number): number;
}

/** Half of them have one or more keys with another value, the others lack some, or are no object like it. */
function wrongInput(name: RequestName, keys: readonly string[], source: Source): unknown {
  const way = source.random(6);
  if (way < 2) return source.value();
  const input = { ...good[name] };
  if (way === 2) {
    for (const key of keys) if (source.random(keys.length) === 0) Reflect.deleteProperty(input, key);
    return input;
  }
  do Object.defineProperty(input, source.name(), plain(source.value()));
  while (source.random(3) === 0);
  return input;
}

function plain(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

/** @returns how many were refused */
async function sendWrong(name: RequestName): Promise<number> {
  const { handlers, calls } = spyHandlers();
  const listener = createListener(name, handlers);
  let sent = 0;
  for (const input of wrongInputs(name)) {
    if (isGood(name, input)) continue;
    sent += 1;
    const { ok } = await listener(trusted, input);
    if (ok || calls() > 0) expect.fail(`${name} took ${fc.stringify(input)}`);
    if (sent === payloads) break;
  }
  return sent;
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
    { timeout: 120_000 + 10 * payloads },
    async (name) => {
      refused.push(await sendWrong(name));
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

test('so many wrong inputs were refused', () => {
  console.info(`payloads, seed ${seed}: ${refused.length} channels, ${payloads} in each`);
  expect(refused).toEqual(requestNames.map(() => payloads));
});

test.each(requestNames)('%s is answered by its own handler alone', async (name) => {
  const { handlers, calls } = spyHandlers();
  const own = vi.fn(() => 'its own');
  const answer = serveRequests({ ...handlers, [name]: own });
  expect(await answer(name, trusted, [good[name]])).toEqual({ ok: true, value: 'its own' });
  expect(await answer(name, foreign, [good[name]])).toMatchObject({ ok: false });
  expect([own.mock.calls.length, calls()]).toEqual([1, 0]);
});
