import { afterEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { RunSummary } from '../../shared/model/run.ts';

afterEach(() => vi.unstubAllGlobals());

test('what main tells of a run while its first rows are awaited is kept', async () => {
  const nothing = { getItem: () => null, setItem: () => undefined };
  vi.stubGlobal('window', { addEventListener: () => undefined });
  vi.stubGlobal('sessionStorage', nothing);
  vi.stubGlobal('localStorage', nothing);
  // Read when it is loaded.
  const { Session } = await import('./session.ts');
  const summary = { runId: 'a', loading: true } as RunSummary;
  const told = new Map<string, (event: object) => void>();
  const answers: Record<string, object> = {
    listRuns: { runs: [summary], checkpoints: [], workspaces: [] },
    listRecents: { recents: [] },
    getEnvironment: {},
  };
  const bridge = {
    subscribe: (name: string, take: (event: object) => void) => told.set(name, take),
    request: (name: string) =>
      name in answers ? Promise.resolve({ ok: true, value: answers[name] }) : new Promise(() => undefined),
  };
  const session = new Session(bridge as unknown as Bridge);
  const started = session.start();
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
