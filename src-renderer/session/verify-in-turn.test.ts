import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { aRow } from '../versions/version-row.fixture.ts';

const nothingStored = { getItem: () => null, setItem: () => undefined };
beforeEach(() => {
  vi.stubGlobal('localStorage', nothingStored);
  vi.stubGlobal('sessionStorage', nothingStored);
});
afterEach(() => vi.unstubAllGlobals());

/** A session, the runs whose verification was begun, and how the one that goes on ends. */
async function openSession() {
  const begun: string[] = [];
  const ends = new Map<string, (json: string | null) => void>();
  const request = async (name: string, input: { runId: string; taskId: string }) => {
    if (name === 'verifyRun') {
      begun.push(input.runId);
      return { ok: true, value: { taskId: `of ${input.runId}` } };
    }
    if (name !== 'awaitWork') return { ok: true, value: {} };
    const json = await new Promise<string | null>((resolve) => ends.set(input.taskId, resolve));
    return { ok: true, value: { json } };
  };
  vi.stubGlobal('window', { cairn: { request }, addEventListener: () => undefined });
  const { Session } = await import('./session.ts');
  const end = async (runId: string, json: string | null) => {
    ends.get(`of ${runId}`)?.(json);
    await rest();
  };
  return { session: new Session({ request } as unknown as Bridge), begun, end };
}

const rest = () => new Promise((resolve) => setTimeout(resolve));
const runs = ['a', 'b', 'c'].map((runId) => ({ runId }) as RunSummary);

test('runs are verified one after another, also where the verification of one was taken over by another', async () => {
  const { session, begun, end } = await openSession();
  void session.verifyAll(runs);
  await rest();
  expect(begun).toEqual(['a']);
  await end('a', 'null');
  await end('b', null);
  expect(begun).toEqual(['a', 'b', 'c']);
});

test('once a person cancels the verification of one run, that of the others is not begun', async () => {
  const { session, begun, end } = await openSession();
  void session.verifyAll(runs);
  await rest();
  await session.cancelTask('of a');
  await end('a', null);
  expect(begun).toEqual(['a']);
  void session.verifyVersions([aRow(1, { runId: 'b' }), aRow(2, { runId: 'c' })]);
  await rest();
  await session.cancelTask('of b');
  await end('b', null);
  expect(begun).toEqual(['a', 'b']);
});
