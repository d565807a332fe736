import { afterEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { allRunsId } from './session-state.ts';

afterEach(() => vi.unstubAllGlobals());

/** A session whose window is told things by `told`, and gets these answers; others never come. */
async function start(answers: Record<string, object | Promise<object>>) {
  const nothing = { getItem: () => null, setItem: () => undefined };
  vi.stubGlobal('window', { addEventListener: () => undefined });
  vi.stubGlobal('sessionStorage', nothing);
  vi.stubGlobal('localStorage', nothing);
  // Read when it is loaded.
  const { Session } = await import('./session.ts');
  const told = new Map<string, (event: object) => void>();
  const bridge = {
    subscribe: (name: string, take: (event: object) => void) => told.set(name, take),
    request: async (name: string) =>
      name in answers ? { ok: true, value: await answers[name] } : new Promise(() => undefined),
  };
  const session = new Session(bridge as unknown as Bridge);
  return { session, told, started: session.start() };
}

test('what main tells of a run while its first rows are awaited is kept', async () => {
  const summary = { runId: 'a', loading: true } as RunSummary;
  const { session, told, started } = await start({
    listRuns: { runs: [summary], checkpoints: [], workspaces: [] },
    listRecents: { recents: [] },
    getEnvironment: {},
  });
  await vi.waitFor(() => expect(session.snapshot().runs).toHaveLength(1), 15_000);
  expect(session.snapshot().ready).toBe(false);
  told.get('runChanged')?.({ ...summary, loading: false });
  told.get('runChanged')?.({ runId: 'b', loading: true });
  await started;
  expect(session.snapshot().ready).toBe(true);
  expect(session.snapshot().runs.map(({ runId, loading }) => [runId, loading])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

test('what was chosen in the menu early is done with what is open, once that is listed', async () => {
  const runs = ['a', 'b'].map((runId) => ({ runId, loading: true }) as RunSummary);
  let list = (_: object) => {};
  const listRuns = new Promise<object>((resolve) => {
    list = resolve;
  });
  const { session, told, started } = await start({
    listRuns,
    listRecents: { recents: [] },
    getEnvironment: {},
  });
  told.get('commandChosen')?.({ command: 'allRuns' });
  list({ runs, checkpoints: [], workspaces: [] });
  await started;
  await vi.waitFor(() => expect(session.snapshot().currentId).toBe(allRunsId), 15_000);
});
