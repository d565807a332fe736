import { expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { workspaceRun } from './workspace-run.fixture.ts';
import { WorkspaceStore } from './workspace-store.ts';

const workspaceId = 'a'.repeat(32);

/** A store of a workspace in which main has these, in parts. */
function storeOf(...parts: WorkspaceRun[][]) {
  const answers = parts.map((rows, index) => ({ rows, next: index + 1 < parts.length ? index + 1 : null }));
  const request = async (_name: string, { from }: { from: number }) => ({ ok: true, value: answers[from] });
  const store = new WorkspaceStore(workspaceId, request as unknown as Bridge['request'], (flush) => flush());
  const shown = () => store.snapshot().runs.map(({ handle }) => handle);
  const receive = (rows: WorkspaceRun[], removed: number[] = []) =>
    store.receive({ workspaceId, rows, removed });
  return { store, shown, receive };
}

test('what was found before and after the page listened is there once, and what was told last counts', async () => {
  const { store, shown, receive } = storeOf([workspaceRun(1), workspaceRun(2)], [workspaceRun(3)]);
  const loading = store.load();
  receive([workspaceRun(2, { versions: 9 }), workspaceRun(4)], [3]);
  await loading;
  expect(shown()).toEqual([1, 2, 4]);
  expect(store.snapshot()).toMatchObject({ total: 3, loading: false });
  expect(store.snapshot().runs[1]?.versions).toBe(9);
});

test('what is chosen stays chosen while it is shown', () => {
  const { store, shown, receive } = storeOf();
  receive([1, 2, 3, 4].map((handle) => workspaceRun(handle, { versions: handle })));
  store.select(2);
  store.extendTo(4);
  expect([...store.snapshot().choice.chosen]).toEqual([2, 3, 4]);
  store.toggle(3);
  store.setFilter({ text: 'versions < 4', typing: false });
  expect([...store.snapshot().choice.chosen]).toEqual([2]);
  store.setFilter({ text: '', typing: false });
  store.chooseAll();
  receive([], [1]);
  expect([...store.snapshot().choice.chosen]).toEqual([2, 3, 4]);
  store.sortBy('versions');
  store.sortBy('versions');
  expect(shown()).toEqual([4, 3, 2]);
});

test('runs are grouped by what is asked for, and move through their groups in the order that is shown', () => {
  const { store, shown, receive } = storeOf();
  const asked = (handle: number, algorithm: string) =>
    workspaceRun(handle, { overrides: [`algo=${algorithm}`], versions: handle });
  receive([asked(1, 'sac'), asked(2, 'ppo'), asked(3, 'sac'), asked(4, 'ppo')]);
  store.sortBy('versions');
  expect(store.snapshot().groups).toEqual([]);
  expect(shown()).toEqual([1, 2, 3, 4]);
  store.groupBy('override algo');
  expect(shown()).toEqual([2, 4, 1, 3]);
  expect(store.snapshot().groups.map(({ label, at }) => [label, at])).toEqual([
    ['ppo', 0],
    ['sac', 2],
  ]);
  store.select(4);
  store.extendTo(1);
  expect([...store.snapshot().choice.chosen]).toEqual([4, 1]);
  store.groupBy(null);
  expect(shown()).toEqual([1, 2, 3, 4]);
});

test('of few runs each that is found is shown at once, of many they are gathered before they are put in order', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const waits: number[] = [];
  const flushes: (() => void)[] = [];
  const request = async () => ({ ok: true, value: { rows: [], next: null } });
  const store = new WorkspaceStore(workspaceId, request as unknown as Bridge['request'], (flush, wait) => {
    waits.push(wait);
    flushes.push(flush);
  });
  const find = (rows: WorkspaceRun[]) => {
    store.receive({ workspaceId, rows, removed: [] });
    flushes.shift()?.();
  };
  find([workspaceRun(1)]);
  find([workspaceRun(2)]);
  expect(waits).toEqual([0, 0]);
  find(Array.from({ length: 5000 }, (_, index) => workspaceRun(index)));
  find([workspaceRun(5000)]);
  expect(waits.slice(2).map(Math.floor)).toEqual([1000, 1000]);
  expect(store.snapshot().total).toBe(5001);
  clock.mockReturnValue(2500);
  find([workspaceRun(5001)]);
  expect(waits.at(-1)).toBe(0);
  clock.mockRestore();
});
