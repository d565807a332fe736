import { expect, test } from 'vitest';
import type { RetentionCandidate } from '../../../shared/query/plan-retention.ts';
import { planWithIntactSurvivors } from './plan-with-survivors.ts';

const version = (number: number): RetentionCandidate => ({
  ...{ id: `${number}.pt`, kind: 'best', number, value: number, state: 'verified' },
  ...{ time: null, modifiedAt: number, pinned: false, step: null, linked: false, wanted: [] },
  ...{ immovable: null, doubt: null, bytes: null, measurement: null, recognised: null, companions: [] },
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

test('what others save meanwhile has no more read ahead than what is there', async () => {
  const versions = Array.from({ length: 200 }, (_, index) => version(index + 1));
  const read = new Set<string>();
  const subject = {
    candidates: async () => [...versions],
    metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
    tryToMove: async () => undefined,
    verify: async (ids: readonly string[]) => {
      for (const id of ids) read.add(id);
      if (versions.length < 212) versions.push(version(versions.length + 1));
    },
  };
  const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' as const };
  await planWithIntactSurvivors(subject, rules);
  expect(read.size).toBe(13);
});

test('a run of identical copies is read in a few rounds, and no copy more than once', async () => {
  const versions = Array.from({ length: 200 }, (_, index) => version(index + 1));
  const rounds: number[] = [];
  const subject = {
    candidates: async () => versions,
    metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
    tryToMove: async () => undefined,
    verify: async (ids: readonly string[]) => {
      const unread = versions.filter(({ id, bytes }) => bytes === null && ids.includes(id));
      for (const each of unread) each.bytes = each.number === 1 ? 'other' : 'the same';
      rounds.push(unread.length);
    },
  };
  const rules = { keepBest: 2, keepLatest: null, keepEvery: null, kinds: 'best' as const };
  const plan = await planWithIntactSurvivors(subject, rules);
  const kept = plan.decisions.filter(({ keep }) => keep).map(({ id }) => id);
  expect(kept.toSorted()).toEqual(['1.pt', '200.pt']);
  expect(rounds.length).toBeLessThanOrEqual(12);
});

test('what is broken costs no reading ahead where the next one is sound', async () => {
  const versions = Array.from({ length: 50 }, (_, index) => version(index + 1));
  const read = new Set<string>();
  const subject = {
    candidates: async () => versions,
    metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
    tryToMove: async () => undefined,
    verify: async (ids: readonly string[]) => {
      for (const id of ids) read.add(id);
      for (const each of versions) if (read.has(each.id) && each.number === 49) each.state = 'torn';
    },
  };
  const rules = { keepBest: 3, keepLatest: null, keepEvery: null, kinds: 'best' as const };
  await planWithIntactSurvivors(subject, rules);
  expect([...read].toSorted()).toEqual(['47.pt', '48.pt', '49.pt', '50.pt']);
});

test('a plan that nobody waits for any more looks at nothing further', async () => {
  const stop = new AbortController();
  const versions = [version(1), version(2), version(3)];
  let looks = 0;
  const subject = {
    candidates: async () => {
      looks += 1;
      if (looks === 2) stop.abort(new Error('no longer wanted'));
      return looks > 1 ? [...versions, version(4)] : versions;
    },
    metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
    tryToMove: async () => {
      if (stop.signal.aborted) expect.unreachable('it goes on');
    },
    verify: async () => undefined,
  };
  const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' as const };
  await expect(planWithIntactSurvivors(subject, rules, stop.signal)).rejects.toThrow('no longer wanted');
});
