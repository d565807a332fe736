import { expect, test } from 'vitest';
import type { RetentionCandidate } from '../../../shared/query/plan-retention.ts';
import { planWithIntactSurvivors } from './plan-with-survivors.ts';

const version = (number: number): RetentionCandidate => ({
  ...{ id: `${number}.pt`, kind: 'best', number, value: number, state: 'verified' },
  ...{ time: null, modifiedAt: number, pinned: false, step: null, linked: false, resumed: false },
  ...{ immovable: null, doubt: null },
});

test('a run to which others save all the time is not planned for ever: nothing goes, and that is said', async () => {
  const versions = [version(1), version(2), version(3)];
  const subject = {
    candidates: async () => [...versions],
    metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
    tryToMove: async () => undefined,
    verify: async () => void versions.push(version(versions.length + 1)),
  };
  const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' as const };
  await expect(planWithIntactSurvivors(subject as never, rules)).rejects.toThrow('nothing was pruned');
});
