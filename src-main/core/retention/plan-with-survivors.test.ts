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

/** A run of which only what is read turns out to be what it is. */
function runOf(versions: RetentionCandidate[], truths: ReadonlyMap<string, Partial<RetentionCandidate>>) {
  const read = new Set<string>();
  const subject = {
    candidates: async () => versions,
    metric: () => ({ name: 'reward', mode: 'max' as const, source: 'default' as const }),
    tryToMove: async () => undefined,
    verify: async (ids: readonly string[]) => {
      for (const id of ids) read.add(id);
      for (const each of versions) if (read.has(each.id)) Object.assign(each, truths.get(each.id));
    },
  };
  return { subject, read };
}

const twoBest = { keepBest: 2, keepLatest: null, keepEvery: null, kinds: 'best' as const };
const checkpointAt = (number: number) => ({ ...version(number), kind: 'checkpoint' as const });
const checkpoints = () => Array.from({ length: 40 }, (_, index) => checkpointAt(index + 101));

test('what stays whatever the others are is not read: checkpoints, but for the newest and the best of all', async () => {
  const bests = Array.from({ length: 10 }, (_, index) => version(index + 1));
  const { subject, read } = runOf([...bests, ...checkpoints()], new Map());
  const { decisions } = await planWithIntactSurvivors(subject, twoBest);
  expect(decisions.filter(({ keep }) => !keep)).toHaveLength(8);
  expect([...read].toSorted()).toEqual(['10.pt', '140.pt', '9.pt']);
});

test('where the newest and the best turn out to be broken the next ones are read', async () => {
  const broken = { state: 'torn' } as const;
  const truths = new Map(['140.pt', '139.pt', '10.pt'].map((id) => [id, broken] as const));
  const bests = Array.from({ length: 10 }, (_, index) => version(index + 1));
  const { subject, read } = runOf([...bests, ...checkpoints()], truths);
  const plan = await planWithIntactSurvivors(subject, twoBest);
  const reasonsOf = (id: string) => plan.decisions.find((each) => each.id === id)?.reasons;
  expect(read.has('138.pt')).toBe(true);
  expect(reasonsOf('138.pt')).toContain('the newest intact version');
  expect(reasonsOf('8.pt')).toEqual(['best #2 by reward']);
});

test('where a file is of no known format, all that stay tell whether it is to be believed', async () => {
  const bests = Array.from({ length: 4 }, (_, index) => version(index + 1));
  const odd = new Map([['4.pt', { recognised: false }] as const]);
  const { subject, read } = runOf([...bests, ...checkpoints()], odd);
  await planWithIntactSurvivors(subject, twoBest);
  expect(read.size).toBe(42);
});

test('what goes because another has all that goes with it relies on that one', async () => {
  const same = { bytes: 'b', state: 'unverified' as const };
  const twin = { ...checkpointAt(101), ...same, companions: ['vecnormalize'] };
  const bests = Array.from({ length: 4 }, (_, index) => version(index + 1));
  const going = { ...version(0), ...same, companions: ['vecnormalize'] };
  const versions = [going, ...bests, { ...twin }, checkpointAt(102)];
  const truths = new Map([['101.pt', { state: 'mismatch', bytes: 'others' } as const]]);
  const { subject, read } = runOf(versions, truths);
  await planWithIntactSurvivors(subject, twoBest);
  expect(read.has('101.pt')).toBe(true);
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
