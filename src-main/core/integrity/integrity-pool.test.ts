import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { hostileFiles } from '../formats/fixtures/hostile-pickles.ts';
import { writeTorchNotes } from '../formats/fixtures/write-notes.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { chooseReadingThreads } from '../workers/reading-threads.ts';
import type { WorkerLimits } from '../workers/worker-limits.ts';
import { lookIntoFiles, verifyFiles } from './integrity-pool.ts';
import type { FileLook } from './look-into-file.ts';
import type { Claim, LookClaim, Verification } from './verification.ts';

/** Stands in for the real thread: dies on the files whose names say so, and never ends with those that say that. */
const mortal = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ type, claim }) => {
    if (type === 'cancel') return parentPort.postMessage({ type: 'failed', cancelled: true, message: '' });
    if (claim.id.startsWith('exit')) process.exit(1);
    if (claim.id.startsWith('throw')) throw new Error('x');
    if (claim.id.startsWith('fail')) return parentPort.postMessage({ type: 'failed', cancelled: false, message: '' });
    if (claim.id.startsWith('slow')) {
      const tell = setInterval(() => parentPort.postMessage({ type: 'progress', bytes: 1 }), 100);
      return setTimeout(() => {
        clearInterval(tell);
        parentPort.postMessage({ type: 'done', result: { id: claim.id, identity: null, recorded: null, integrity: { state: 'verified' } } });
      }, 3000);
    }
    if (claim.id.startsWith('hang')) return;
    if (claim.id.startsWith('spin')) for (;;);
    if (claim.id.startsWith('grow')) for (const all = []; ; ) all.push(Array(1e5).fill(all.length));
    parentPort.postMessage({ type: 'progress', bytes: 7 });
    parentPort.postMessage({ type: 'done', result: { id: claim.id, identity: null, recorded: null, integrity: { state: 'verified' } } });
  });`;
const worker = vi.hoisted(() => ({ mortal: false, started: 0 }));
vi.mock('../workers/worker-url.ts', async (original) => {
  const { workerUrl } = await original<typeof import('../workers/worker-url.ts')>();
  const url = (name: string) => {
    worker.started += 1;
    return worker.mortal ? new URL(`data:text/javascript,${encodeURIComponent(mortal)}`) : workerUrl(name);
  };
  return { workerUrl: url };
});
beforeEach(() => {
  worker.mortal = false;
  worker.started = 0;
});

const claimOf = (id: string, rest: Partial<Claim> = {}): Claim => ({
  id,
  path: `/nowhere/${id}`,
  expected: null,
  recordedSize: null,
  previous: null,
  ...rest,
});

async function statesOf(
  claims: Claim[],
  jobs: number,
  limits?: WorkerLimits,
): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  await verifyFiles(
    claims,
    ({ id, integrity }) => {
      expect(states[id]).toBeUndefined();
      states[id] = integrity.state;
    },
    { jobs, ...(limits ? { limits } : {}) },
  );
  return states;
}

describe('in real threads', () => {
  test('every file is read, and every byte of them is told of', async () => {
    const folder = temporaryFolder();
    const claims = [10, 20, 30, 40].map((elements) => {
      const bytes = writeTorchZip([elements]);
      const path = put(folder, `${elements}.pt`, bytes);
      return claimOf(`${elements}.pt`, {
        path,
        expected: elements === 40 ? 'b'.repeat(64) : sha256(bytes),
        recordedSize: bytes.length,
      });
    });
    const results: Verification[] = [];
    let read = 0;
    const onBytes = (bytes: number) => {
      read += bytes;
    };
    await verifyFiles([...claims, claimOf('gone.pt')], (result) => results.push(result), {
      jobs: 2,
      onBytes,
    });
    const states = Object.fromEntries(results.map(({ id, integrity }) => [id, integrity.state]));
    expect(states).toEqual({
      '10.pt': 'verified',
      '20.pt': 'verified',
      '30.pt': 'verified',
      '40.pt': 'mismatch',
      'gone.pt': 'missing',
    });
    expect(read).toBe(claims.reduce((sum, { recordedSize }) => sum + (recordedSize ?? 0), 0));
  });

  test('a look tells whether a file is torn, and what it says of itself where nothing else describes it', async () => {
    const folder = temporaryFolder();
    const said = writeTorchNotes({
      metadata: { reward: 2, metrics: { ['__proto__']: 1 } },
      training_state: { step: 7 },
    });
    const claims = ['whole.pt', 'torn.pt', 'described.pt'].map((name) => ({
      ...claimOf(name, { path: put(folder, name, said) }),
      isUnasked: name !== 'described.pt',
    }));
    truncateSync(join(folder, 'torn.pt'), 200);
    const looks = await looksAt(claims);
    expect(looks['torn.pt']).toMatchObject({
      fault: { state: 'torn' },
      own: { metadata: null, problems: [] },
    });
    expect(looks['described.pt']).toEqual({ fault: null, own: null, recognised: null, mismatches: [] });
    expect(looks['whole.pt']).toMatchObject({
      fault: null,
      own: { metadata: { reward: 2, training_state: { step: 7 } }, problems: [] },
    });
    expect(Object.entries(looks['whole.pt']?.own?.metadata?.metrics ?? {})).toEqual([['__proto__', 1]]);
  });

  test('hostile files cost themselves a record, and the good ones beside them nothing', async () => {
    const folder = temporaryFolder();
    const good = writeTorchNotes({ metadata: { reward: 2 } });
    const files = hostileFiles.flatMap(({ bytes }) => [bytes, good]);
    const claims = files.map((bytes, at) => ({
      ...claimOf(String(at)),
      path: put(folder, `${at}.pt`, bytes),
      isUnasked: true,
    }));
    const looks = await looksAt(claims);
    for (const [at, bytes] of files.entries())
      if (bytes === good) expect(looks[at]?.own?.metadata?.reward, `${at}`).toBe(2);
      else expect(looks[at], hostileFiles[at / 2]?.title).toBeDefined();
  });
});

async function looksAt(claims: LookClaim[]): Promise<Record<string, FileLook>> {
  const looks: Record<string, FileLook> = {};
  await lookIntoFiles(claims, ({ id }, look) => {
    expect(looks[id]).toBeUndefined();
    looks[id] = look;
  });
  return looks;
}

describe('a thread that stops', () => {
  test.each(['exit', 'throw', 'fail'])('by %s costs its own file a result, and no other', async (how) => {
    worker.mortal = true;
    const claims = ['a', `${how} 1`, 'b', `${how} 2`, `${how} 3`, 'c'].map((id) =>
      claimOf(id, { expected: 'e' }),
    );
    expect(await statesOf(claims, 1)).toEqual({
      a: 'verified',
      b: 'verified',
      c: 'verified',
      [`${how} 1`]: 'unreadable',
      [`${how} 2`]: 'unreadable',
      [`${how} 3`]: 'unreadable',
    });
  });
});

test('a thread that stops over a file costs it its record, and says so', async () => {
  worker.mortal = true;
  const claims = ['exit 1', 'throw 2'].map((id) => ({ ...claimOf(id), isUnasked: true }));
  const lost = (why: string) => ({
    fault: null,
    own: { metadata: null, problems: [`its own record was not read: reading it ${why}`] },
    recognised: null,
    mismatches: [],
  });
  expect(await looksAt(claims)).toEqual({
    'exit 1': lost('ended with its thread'),
    'throw 2': lost('failed: x'),
  });
});

test.each([
  ['hang', 'took more than 1 s'],
  ['spin', 'took more than 1 s'],
  ['grow', 'took more memory than it may'],
])('a file over which a thread would %s costs itself its result, and holds up no other', async (how, why) => {
  worker.mortal = true;
  const claims = ['a', how, 'b', `${how} 2`, 'c'].map((id) => ({ ...claimOf(id), isUnasked: true }));
  // A thread beside much other work takes its time to start; that is no fault of its files.
  const limits = { memory: 16, time: how === 'grow' ? 60_000 : 1000 };
  const states: Record<string, string> = {};
  const take = ({ id, integrity }: Verification) => {
    states[id] = `${integrity.state} ${integrity.detail ?? ''}`;
  };
  await verifyFiles(claims, take, { jobs: 1, limits });
  const lost = `unreadable reading it ${why} and was stopped: verify it again`;
  expect(states).toMatchObject({ [how]: lost, [`${how} 2`]: lost });
  expect([states['a'], states['b'], states['c']].map((state) => state?.trim())).toEqual(
    Array(3).fill('verified'),
  );
  const looks = new Map<string, FileLook>();
  await lookIntoFiles(claims, ({ id }, look) => looks.set(id, look), { jobs: 1, limits });
  expect(looks.get(how)?.own?.problems).toEqual([
    `its own record was not read: reading it ${why} and was stopped`,
  ]);
  expect(looks.size).toBe(5);
});

test('a thread that goes on is waited for, however long it takes', async () => {
  worker.mortal = true;
  expect(await statesOf([claimOf('slow')], 1, { memory: 16, time: 2000 })).toEqual({ slow: 'verified' });
});

describe('cancelling', () => {
  test('ends the work at once, with the reason, and starts nothing more', async () => {
    worker.mortal = true;
    const stop = new AbortController();
    const results: string[] = [];
    const claims = ['a', 'hang', 'b', 'hang 2', 'c', 'd'].map((id) => claimOf(id));
    const verifying = verifyFiles(claims, ({ id }) => results.push(id), { jobs: 2, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 300);
    await expect(verifying).rejects.toThrow('enough');
    expect(results.sort()).toEqual(['a', 'b']);
  });

  test('ends a thread too that does not hear of it', async () => {
    worker.mortal = true;
    const stop = new AbortController();
    const verifying = verifyFiles([claimOf('spin')], () => expect.unreachable(), { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 200);
    await expect(verifying).rejects.toThrow('enough');
  });

  test('before the start reads nothing', async () => {
    const results: unknown[] = [];
    const verifying = verifyFiles([claimOf('a')], (result) => results.push(result), {
      signal: AbortSignal.abort(new Error('no')),
    });
    await expect(verifying).rejects.toThrow('no');
    expect(results).toEqual([]);
  });
});

test('nothing to do is done at once', async () => {
  expect(await statesOf([], 4)).toEqual({});
});

test('so many threads read as a person chose, whatever for', async () => {
  worker.mortal = true;
  onTestFinished(() => chooseReadingThreads(null));
  chooseReadingThreads(3);
  const claims = ['a', 'b', 'c', 'd'].map((id) => claimOf(id));
  await verifyFiles(claims, () => undefined);
  expect(worker.started).toBe(3);
  chooseReadingThreads(1);
  await lookIntoFiles(claims as LookClaim[], () => undefined);
  expect(worker.started).toBe(4);
});
