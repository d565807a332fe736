import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bareIntegrity, integritySchema, integrityStates, isIntactSoFar, passesVerify } from './integrity.ts';
import { modelMetadataSchema } from './model-metadata.ts';
import { documents } from './outputs.ts';
import { defaultStorageConfig, storageConfigSchema } from './storage-config.ts';
import { trainingStateSchema } from './training-state.ts';
import { makeVersion } from './version.fixture.ts';
import { versionSchema } from './version.ts';

describe('a storage config', () => {
  test('that says nothing means what the reference means', () => {
    expect(defaultStorageConfig).toEqual({
      checkpoint_dir: 'checkpoints',
      best_models_dir: 'best_models',
      temp_dir: 'temp',
      model_prefix: 'model',
      checkpoint_name: 'checkpoint.pt',
      max_best_models: 5,
      best_model_selection_metric: 'mean_reward',
      best_model_selection_mode: 'max',
      save_metadata: true,
      compression: null,
      atomic_saves: true,
      version_format: 'v{version:04d}',
      timestamp_format: '%Y%m%d_%H%M%S',
      validate_on_load: true,
      require_metadata: false,
      strict_mode: false,
      cleanup_on_start: false,
      cleanup_temp_on_exit: true,
      backup_before_overwrite: true,
      backup_suffix: '.backup',
    });
  });

  test.each([
    ['max_best_models', -1],
    ['max_best_models', 2.5],
    ['best_model_selection_mode', 'best'],
    ['best_model_selection_metric', ''],
    ['compression', 'zstd'],
    ['backup_suffix', ''],
    ['atomic_saves', 'yes'],
  ])('with %s of %j is refused', (key, value) => {
    expect(storageConfigSchema.safeParse({ [key]: value }).success).toBe(false);
  });
});

describe('a version of our JSON', () => {
  test('is whole with all its keys, and refused without one or with a stranger', () => {
    const version = makeVersion();
    expect(versionSchema.parse(version)).toEqual(version);
    expect(versionSchema.safeParse({ ...version, surprise: 1 }).success).toBe(false);
    for (const key of Object.keys(version)) {
      expect(versionSchema.safeParse({ ...version, [key]: undefined }).success).toBe(false);
    }
  });

  test('has one of the eight states of integrity and nothing in between', () => {
    for (const state of integrityStates)
      expect(integritySchema.parse(bareIntegrity(state)).state).toBe(state);
    expect(integritySchema.safeParse({ ...bareIntegrity('torn'), state: 'fine' }).success).toBe(false);
    expect(integritySchema.safeParse({ ...bareIntegrity('torn'), cause: 'magic' }).success).toBe(false);
  });

  test('passes verify when verified or unsealed, and may wear a badge when also unverified', () => {
    expect(integrityStates.filter(passesVerify)).toEqual(['verified', 'unsealed']);
    expect(integrityStates.filter(isIntactSoFar)).toEqual(['verified', 'unverified', 'unsealed']);
  });
});

describe('what training wrote', () => {
  test('keeps the keys that nobody here knows', () => {
    const sidecar = { version: 7, reward: Number.NaN, my_own: { deep: [1] } };
    expect(modelMetadataSchema.parse(sidecar)).toEqual(sidecar);
    expect(trainingStateSchema.parse({ global_step: 1, mine: 2 })).toEqual({ global_step: 1, mine: 2 });
  });

  test('may say null, or nothing, for everything', () => {
    const nothing = Object.fromEntries(Object.keys(modelMetadataSchema.shape).map((key) => [key, null]));
    expect(modelMetadataSchema.parse(nothing)).toEqual(nothing);
    expect(modelMetadataSchema.parse({})).toEqual({});
  });

  test('begins with a best reward of minus infinity', () => {
    expect(
      trainingStateSchema.safeParse({ best_reward: -Infinity, recent_rewards: [Number.NaN] }).success,
    ).toBe(true);
  });

  test.each(['abc', 'g'.repeat(64), 'a'.repeat(63), ` ${'a'.repeat(64)}`])(
    'cannot pass %j off as a SHA-256',
    (checksum) => {
      expect(modelMetadataSchema.safeParse({ checksum }).success).toBe(false);
    },
  );
});

test('every document has a JSON Schema that names its keys', () => {
  expect([...documents.keys()]).toEqual(
    expect.arrayContaining([
      'model-metadata',
      'training-state',
      'storage-config',
      'ls',
      'show',
      'verify',
      'watch',
      'inspect',
    ]),
  );
  for (const schema of documents.values()) {
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' });
    expect(json.type).toBe('object');
    expect(Object.keys(json.properties ?? {}).length).toBeGreaterThan(0);
    expect(Object.values(json.properties ?? {})).not.toContainEqual({});
  }
});
