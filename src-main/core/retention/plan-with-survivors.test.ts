import { expect, test } from 'vitest';
import type { RetentionCandidate } from '../../../shared/query/plan-retention.ts';
import { planWithIntactSurvivors } from './plan-with-survivors.ts';

const version = (number: number): RetentionCandidate => ({
  ...{ id: `${number}.pt`, kind: 'best', number, value: number, state: 'verified' },
  ...{ time: null, modifiedAt: number, pinned: false, step: null, linked: false, resumed: false },
  ...{ immovable: null, doubt: null, bytes: null, recognised: null },
});

test.each([
  ['one more each time', () => undefined],
  ['one in the place of another each time', (versions: RetentionCandidate[]) => void versions.shift()],
])(
  'a run to which others save all the time is not planned for ever, and that is said: %s',
  async (_what, alter) => {
    const versions = [version(1), version(2), version(3)];
    let rounds = 0;
    const subject = {
      candidates: async () => [...versions],
      metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
      tryToMove: async () => undefined,
      verify: async () => {
        rounds += 1;
        if (rounds > 100) expect.unreachable('it would go on for ever');
        versions.push(version(rounds + 3));
        alter(versions);
      },
    };
    const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' as const };
    await expect(planWithIntactSurvivors(subject, rules)).rejects.toThrow('nothing was pruned');
  },
);
