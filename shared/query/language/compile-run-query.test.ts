import { describe, expect, test } from 'vitest';
import type { RecognisedLayout } from '../../model/recognised-layout.ts';
import { compileRunQuery, type QueriedRun } from './compile-run-query.ts';

const plain: QueriedRun = {
  ...{ path: '.', layout: 'files', recognised: null, versions: 1, bytes: 500, problems: 0 },
  ...{ best: null, latest: 'final.pt', overrides: [], metric: { name: 'reward', mode: 'max' } },
  ...{ bestValue: null, latestVersion: null, latestAt: null, isWriting: false },
};
const zoo: RecognisedLayout = {
  ...{ layout: 'rl-zoo', name: 'RL Baselines3 Zoo', sureness: 'likely', why: 'it has args.yml' },
  ...{ best: null, last: null },
};
const some: QueriedRun[] = [
  plain,
  {
    ...plain,
    ...{ path: '2026-03-01/PPO_1', layout: 'cairn', recognised: zoo, versions: 50, bytes: 2e9, problems: 2 },
    ...{ best: 'best_models/model_v0007.pt', bestValue: 0.75, latest: 'checkpoints/last.pt' },
    ...{ latestVersion: 50, latestAt: '2026-03-01T10:00:00', isWriting: true },
  },
  {
    ...plain,
    ...{ path: '2026-03-01/sac', layout: 'cairn', versions: 0, bytes: 0, latest: null, problems: 1 },
    ...{ overrides: ['algo=sac', 'lr=0.1'], metric: { name: 'sharpe', mode: 'max' } },
  },
];

const found = (query: string) => some.filter(compileRunQuery(query)).map(({ path }) => path);

describe('a query over runs', () => {
  test.each([
    ['', ['.', '2026-03-01/PPO_1', '2026-03-01/sac']],
    ['ppo', ['2026-03-01/PPO_1']],
    ['run ~ 2026 and not path ~ ppo', ['2026-03-01/sac']],
    ['versions >= 1 and bytes < 1.5GB', ['.']],
    ['size > 1.5 GB', ['2026-03-01/PPO_1']],
    ['versions in (0, 2..50)', ['2026-03-01/PPO_1', '2026-03-01/sac']],
    ['problems > 0 or layout = files', ['.', '2026-03-01/PPO_1', '2026-03-01/sac']],
    ['best is missing and has:latest', ['.']],
    ['layout in (cairn) and best ~ v0007', ['2026-03-01/PPO_1']],
    ['"path" = .', ['.']],
    ['versions is nan', []],
    ['written_by = rl-zoo', ['2026-03-01/PPO_1']],
    ['framework = "RL Baselines3 Zoo" and written_by ~ zoo', ['2026-03-01/PPO_1']],
    ['written_by is missing', ['.', '2026-03-01/sac']],
    ['state = saving', ['2026-03-01/PPO_1']],
    ['state:problem and not state = saving', ['2026-03-01/sac']],
    ['state is missing', ['.']],
    ['time > 2026-02 and newest < 2026-04', ['2026-03-01/PPO_1']],
    ['age > 1s', ['2026-03-01/PPO_1']],
    ['time is missing', ['.', '2026-03-01/sac']],
    ['best_value >= 0.75 and latest_version = 50', ['2026-03-01/PPO_1']],
    ['metric = sharpe', ['2026-03-01/sac']],
    ['folder = 2026-03-01', ['2026-03-01/PPO_1', '2026-03-01/sac']],
    ['folder is missing', ['.']],
    ['override = "lr=0.1"', ['2026-03-01/sac']],
    ['"algo=sac"', ['2026-03-01/sac']],
  ])('%s', (query, paths) => {
    expect(found(query)).toEqual(paths);
  });

  test.each([
    ['reward > 0.4', 'unknown field “reward” — a run has path, folder, override, best, best_value,'],
    ['version > 3', 'did you mean “versions”?'],
    ['"sharpe" > 1', 'unknown field “sharpe” — a run has'],
    ['tag:candidate', 'unknown field “tag” — a run has'],
    [
      'is:best',
      '“best” is not expected here — nothing is asked of a run like that — compare one of its fields',
    ],
    ['state = idle', 'state is never “idle” — it is saving, problem — '],
    ['layout = keras', 'layout is never “keras” — it is cairn, files — '],
    ['path > 3', '“>” does not go with path'],
    ['versions > many', '“many” is no value of versions'],
    ['""', 'the text to look for is empty — every run has that — write some'],
    ['versions >', 'something is missing after “>”'],
  ])('%s is refused in one line that says what can be asked', (query, words) => {
    expect(() => compileRunQuery(query)).toThrow(words);
    expect(() => compileRunQuery(query)).toThrow(/^[^\n]+ — [^\n]+ — [^\n]+$/);
  });
});
