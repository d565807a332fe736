import { expect, test } from 'vitest';
import { equivalentCommand } from '../../shared/command/equivalent-command.ts';
import {
  benchmarkCall,
  emptyDraft,
  idsInLine,
  seedsFault,
  settingsOf,
  withCommand,
} from './benchmark-draft.ts';

const typed = { ...emptyDraft, command: ' eval.py {model} --seed {seed} ' };
const line = (draft: typeof emptyDraft, takesEpisodes: boolean) => {
  const settings = settingsOf(draft, 1, takesEpisodes);
  return settings && equivalentCommand(benchmarkCall('/run', ['a.pt'], settings), 'posix');
};

test('the line for the command line says what is other than usual', () => {
  expect(line(typed, false)).toBe(
    "cairn benchmark '--evaluator=eval.py {model} --seed {seed}' --seeds=5 /run a.pt",
  );
  const draft = { ...typed, seeds: '7,11', jobs: 2, timeout: 60, retries: 1, again: true };
  expect(line(draft, true)).toBe(
    "cairn benchmark '--evaluator=eval.py {model} --seed {seed}' --episodes=20 --seeds=7,11 --jobs=2 --timeout=60 --retries=1 --again /run a.pt",
  );
  expect(line({ ...typed, seeds: '7,' }, false)).toContain('--seeds=7, ');
});

test('there is nothing to run while a number is missing, or the seeds are none', () => {
  expect(settingsOf({ ...typed, jobs: null }, 1, false)).toBeNull();
  expect(settingsOf({ ...typed, seeds: 'x' }, 1, false)).toBeNull();
  expect(settingsOf({ ...typed, episodes: null }, 1, true)).toBeNull();
  expect(settingsOf({ ...typed, episodes: null }, 1, false)).toMatchObject({ episodes: null });
});

test('more evaluations than can be asked for are told, and nothing is run', () => {
  expect([seedsFault('5', 20_000), seedsFault('10000', 10), seedsFault('7,', 100_000)]).toEqual(
    Array(3).fill(null),
  );
  expect(seedsFault('5', 20_001)).toBe(
    'That is 100,005 evaluations, of 20,001 versions: 100,000 at once is the most',
  );
  expect(seedsFault('x', 20_001)).toMatch(/^It must be how many/);
  expect(settingsOf(typed, 20_000, false)).not.toBeNull();
  expect(settingsOf(typed, 20_001, false)).toBeNull();
});

test('the line names versions, but not where all that are there are meant, and not more than can be read', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `${index}.pt` }));
  expect(idsInLine(rows(2), 3)).toEqual(['0.pt', '1.pt']);
  expect(idsInLine(rows(3), 3)).toEqual([]);
  expect(idsInLine(rows(900), 900)).toEqual([]);
  expect(idsInLine(rows(500), 900)).toHaveLength(500);
  expect(idsInLine(rows(501), 900)).toBeNull();
});

test('the commands typed last are kept, each once', () => {
  const typedBefore = Array.from({ length: 8 }, (_, index) => `command ${index}`);
  expect(withCommand(typedBefore, 'command 3')).toEqual([
    'command 3',
    ...typedBefore.filter((_, i) => i !== 3),
  ]);
  expect(withCommand(typedBefore, 'another')).toHaveLength(8);
});
