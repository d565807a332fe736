import { describe, expect, test } from 'vitest';
import type { FoundRun } from '../../model/runs-output.ts';
import { compileRunQuery } from './compile-run-query.ts';

const some: FoundRun[] = [
  {
    path: '.',
    layout: 'files',
    recognised: null,
    versions: 1,
    bytes: 500,
    best: null,
    latest: 'final.pt',
    problems: 0,
  },
  {
    path: '2026-03-01/PPO_1',
    layout: 'cairn',
    recognised: null,
    versions: 50,
    bytes: 2e9,
    best: 'best_models/model_v0007.pt',
    latest: 'checkpoints/last.pt',
    problems: 2,
  },
  {
    path: '2026-03-01/sac',
    layout: 'cairn',
    recognised: null,
    versions: 0,
    bytes: 0,
    best: null,
    latest: null,
    problems: 1,
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
  ])('%s', (query, paths) => {
    expect(found(query)).toEqual(paths);
  });

  test.each([
    [
      'reward > 0.4',
      'unknown field “reward” — a run has path, layout, versions, bytes, best, latest, problems — ',
    ],
    ['version > 3', 'did you mean “versions”?'],
    ['"sharpe" > 1', 'unknown field “sharpe” — a run has'],
    ['tag:candidate', 'unknown field “tag” — a run has'],
    [
      'is:best',
      '“best” is not expected here — nothing is asked of a run like that — compare one of its fields',
    ],
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
