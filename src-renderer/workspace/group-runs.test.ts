import { expect, test } from 'vitest';
import { groupRuns, linesOf, type RunGrouping, runGroupings } from './group-runs.ts';
import { labelRuns } from './label-runs.ts';
import { workspaceRun } from './workspace-run.fixture.ts';

const keras = { layout: 'keras', name: 'Keras', sureness: 'sure', why: '', best: null, last: null } as const;
const runs = [
  ...labelRuns([
    workspaceRun(1, { path: 'b/10', overrides: ['algo=sac', '+seed=1'], bestValue: 0.2 }),
    workspaceRun(2, {
      path: 'b/2',
      overrides: ['algo=ppo', 'seed=10'],
      bestValue: 0.9,
      versions: 5,
      bytes: 7,
    }),
    workspaceRun(3, { path: 'a', recognised: keras, bestValue: null }),
    workspaceRun(4, { path: 'b/3', overrides: ['algo=ppo', 'seed=2', 'seed=3'], bestValue: 0.4 }),
  ]).values(),
];

function grouped(id: string) {
  const by = runGroupings(runs).find((each) => each.id === id) as RunGrouping;
  const { runs: shown, groups } = groupRuns(runs, by);
  const lines = linesOf(shown, groups).map((line) => ('handle' in line ? line.handle : line.label));
  return { lines, groups };
}

test('runs are grouped by their folder, what wrote them, and what Hydra was asked for', () => {
  expect(runGroupings(runs).map(({ label }) => label)).toEqual(['Folder', 'Written by', 'algo', 'seed']);
  expect(grouped('folder').lines).toEqual(['b', 1, 2, 4, 'No folder', 3]);
  expect(grouped('written-by').lines).toEqual(['Keras', 3, 'Not recognised', 1, 2, 4]);
  expect(grouped('override algo').lines).toEqual(['ppo', 2, 4, 'sac', 1, 'No algo', 3]);
  expect(grouped('override seed').lines).toEqual(['1', 1, '3', 4, '10', 2, 'No seed', 3]);
});

test('a group says how many runs, versions and bytes it has, and which run is its best', () => {
  const [ppo, , none] = grouped('override algo').groups;
  expect(ppo).toMatchObject({ at: 0, count: 2, versions: 8, bytes: 307, best: { handle: 2 } });
  expect(none).toMatchObject({ at: 3, count: 1, best: null });
});

test('runs that rank by different metrics have no best of their group', () => {
  const [one, other] = [
    workspaceRun(1),
    workspaceRun(2, { metric: { name: 'reward', mode: 'min' }, bestValue: 0.1 }),
  ];
  const best = (...given: (typeof one)[]) => {
    const all = [...labelRuns(given).values()];
    return groupRuns(all, runGroupings(all)[0] as RunGrouping).groups[0]?.best?.handle ?? null;
  };
  expect([
    best(one, other),
    best(other),
    best(other, workspaceRun(3, { ...other, handle: 3, bestValue: 0 })),
  ]).toEqual([null, 2, 3]);
});

test('runs that are not grouped are lines as they are', () => {
  expect(linesOf(runs, [])).toEqual(runs);
});
