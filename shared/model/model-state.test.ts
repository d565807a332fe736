import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { modelStateSchema, validateMetadata, validateTrainingState } from './model-state.ts';

describe('metadata', () => {
  test('with many faults names every one of them at once, by its key', () => {
    const wrong = {
      version: 2.5,
      timestamp: 'yesterday',
      reward: 'high',
      symbol: 7,
      metrics: [1],
      model_config: 'x',
      checksum: 'abc',
      file_size_bytes: -1,
      tags: ['a', 3, null],
      notes: {},
    };
    expect(validateMetadata(wrong)).toEqual({
      problems: expect.arrayContaining([
        'version: must be a whole number, not 2.5',
        'timestamp: is no date (2024-01-01T12:30:00 or 20240101_123000)',
        'reward: cannot be a text',
        'symbol: must be a text, not 7',
        'metrics: cannot be a list',
        'model_config: cannot be a text',
        'checksum: not a SHA-256 in hex',
        expect.stringMatching(/^file_size_bytes: .*0/),
        'tags.1: must be a text, not 3',
        'tags.2: must be a text, not null',
        'notes: must be a text, not an object',
      ]),
    });
    expect((validateMetadata(wrong) as { problems: string[] }).problems).toHaveLength(11);
  });

  test.each([[null], [[]], ['text'], [undefined], [1n]])('that is %s is refused', (value) => {
    expect(validateMetadata(value)).toEqual({
      problems: [expect.stringMatching(/^metadata: must be an object, not /)],
    });
  });

  test('that is right comes back as it is, strangers and special numbers included', () => {
    const text = '{"version": 7, "timestamp": "20240101_123000", "__proto__": {"checksum": 1}, "mine": [1]}';
    const value = { ...(JSON.parse(text) as JsonObject), reward: Number.NaN, metrics: { seed: 2n ** 60n } };
    const checked = validateMetadata(value) as { value: object };
    expect(checked.value).toBe(value);
    expect(Object.keys(checked.value)).toContain('__proto__');
  });
});

describe('a training state', () => {
  test('with many faults names every one of them at once, by its key', () => {
    expect(
      validateTrainingState({
        global_step: -1,
        global_update: null,
        best_reward: 'NaN',
        lr_schedule_state: 3,
        recent_rewards: [1, null, Number.NaN, '2'],
      }),
    ).toEqual({
      problems: [
        expect.stringMatching(/^global_step: .*0/),
        'global_update: must be a number, not null',
        'lr_schedule_state: cannot be 3',
        'best_reward: cannot be a text',
        'recent_rewards.1: cannot be null',
        'recent_rewards.3: cannot be a text',
      ],
    });
  });

  test('may begin at minus infinity', () => {
    const value = { best_reward: -Infinity, mine: 1 };
    expect(validateTrainingState(value)).toEqual({ value });
  });
});

test('whatever it is, it is accepted or refused with one line for each fault', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('version', 'reward', 'tags', 'timestamp', 'global_step', '__proto__'),
        fc.anything(),
      ),
      fc.constantFrom(validateMetadata, validateTrainingState),
      (value, validate) => {
        const checked = validate(value);
        if ('problems' in checked)
          for (const problem of checked.problems) expect(problem).toMatch(/^[a-z_]+(\.\d+)?: .+$/);
        else expect(checked.value).toBe(value);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test('a model state says where its bytes are, and nothing unknown', () => {
  const state = {
    metadata: { version: 1 },
    trainingState: { global_step: 3 },
    file: { id: 'best_models/a.pt', path: '/run/best_models/a.pt', size: 12, checksum: null },
  };
  expect(modelStateSchema.parse(state)).toEqual(state);
  expect(modelStateSchema.safeParse({ ...state, extra: 1 }).success).toBe(false);
  expect(modelStateSchema.safeParse({ ...state, file: { ...state.file, size: -1 } }).success).toBe(false);
});
