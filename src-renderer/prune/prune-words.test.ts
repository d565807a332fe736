import { expect, test } from 'vitest';
import { ownRules, ruleOf } from './prune-rules.ts';
import { planChanges, planSentence } from './prune-words.ts';

test('a plan is said in one sentence, also when it comes to one or to nothing', () => {
  expect(planSentence({ removed: 12, total: 26, bytes: 320_000, atMost: false })).toBe(
    '12 of 26 versions go to the trash, 320 kB come back once it is emptied.',
  );
  expect(planSentence({ removed: 1, total: 2, bytes: 0, atMost: false })).toContain(
    '1 of 2 versions goes to the trash',
  );
  expect(planSentence({ removed: 0, total: 26, bytes: 0, atMost: false })).toBe(
    'Nothing goes: all 26 versions stay.',
  );
  expect(planSentence({ removed: 0, total: 1, bytes: 0, atMost: false })).toBe(
    'Nothing goes: the version stays.',
  );
});

test('what goes is listed before what stays, in the order of the names, and a refusal is told apart', () => {
  const version = (id: string, keep: boolean, refused = false) => ({
    version: 0,
    id,
    keep,
    refused,
    reasons: ['why'],
  });
  const plan = [version('b/v2', true, true), version('b/v10', false), version('b/v9\u202e', false)];
  const changes = planChanges(plan, { get: () => undefined });
  expect(changes.map(({ id, word, why }) => [id, word, why])).toEqual([
    ['b/v9[U+202E]', 'Remove', 'why'],
    ['b/v10', 'Remove', 'why'],
    ['b/v2', 'Keep', 'whatever the rules: why'],
  ]);
});

test('a run that limits nothing is not pruned to nothing', () => {
  expect(ownRules({ max_best_models: 0 }).keepBest).toBeNull();
  expect(ownRules({ max_best_models: 5 })).toMatchObject({ keepBest: 5, kinds: 'best' });
});

test('an empty field, and a number that is no rule, keep nothing by themselves', () => {
  expect(ruleOf('', 0)).toBeNull();
  expect(ruleOf('12', 0)).toBeNull();
  expect(ruleOf(0, 1)).toBeNull();
  expect(ruleOf(1e300, 0)).toBeNull();
  expect(ruleOf(0, 0)).toBe(0);
});

test('where files may share what they occupy, the gain is the most it can be', () => {
  expect(planSentence({ removed: 1, total: 2, bytes: 12, atMost: true })).toContain(
    'at most 12 bytes come back',
  );
});
