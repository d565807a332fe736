import { expect, test } from 'vitest';
import { equivalentCommand } from '../../shared/command/equivalent-command.ts';
import { benchmarkCall, emptyDraft, settingsOf, withCommand } from './benchmark-draft.ts';

const typed = { ...emptyDraft, command: ' eval.py {model} --seed {seed} ' };
const line = (draft: typeof emptyDraft, takesEpisodes: boolean) => {
  const settings = settingsOf(draft, takesEpisodes);
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
  expect(settingsOf({ ...typed, jobs: null }, false)).toBeNull();
  expect(settingsOf({ ...typed, seeds: 'x' }, false)).toBeNull();
  expect(settingsOf({ ...typed, episodes: null }, true)).toBeNull();
  expect(settingsOf({ ...typed, episodes: null }, false)).toMatchObject({ episodes: null });
});

test('the commands typed last are kept, each once', () => {
  const typedBefore = Array.from({ length: 8 }, (_, index) => `command ${index}`);
  expect(withCommand(typedBefore, 'command 3')).toEqual([
    'command 3',
    ...typedBefore.filter((_, i) => i !== 3),
  ]);
  expect(withCommand(typedBefore, 'another')).toHaveLength(8);
});
