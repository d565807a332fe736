import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json.ts';
import { metadataFromDict, metadataToDict } from './metadata-dict.ts';
import type { ModelMetadata } from './model-metadata.ts';

const keys = [
  'version',
  'timestamp',
  'reward',
  'symbol',
  'day_quality',
  'episode_count',
  'update_count',
  'model_class',
  'model_config',
  'metrics',
  'evaluation_results',
  'file_path',
  'file_size_bytes',
  'checksum',
  'training_config',
  'notes',
  'tags',
];

function read(dict: unknown): ModelMetadata {
  const checked = metadataFromDict(dict);
  if ('problems' in checked) throw new Error(checked.problems.join('\n'));
  return checked.value;
}

describe('metadata as the reference writes it', () => {
  test('has its keys in its order, whatever the order was, and unknown ones after them', () => {
    const dict = metadataToDict({ mine: 1, tags: ['a'], source: 'x', reward: 0.5, version: 7 });
    expect(Object.keys(dict)).toEqual([...keys, 'mine', 'source']);
    expect(dict).toMatchObject({ version: 7, reward: 0.5, tags: ['a'], mine: 1, source: 'x' });
  });

  test('has the defaults of the reference where nothing was said', () => {
    const defaults = { episode_count: 0, update_count: 0, metrics: {}, tags: [] };
    const nothing = Object.fromEntries(keys.map((key) => [key, null]));
    for (const metadata of [{}, nothing, { tags: undefined, stranger: undefined }])
      expect(metadataToDict(metadata as ModelMetadata)).toEqual({ ...nothing, ...defaults });
    (metadataToDict({})['tags'] as string[]).push('spilt');
    expect(metadataToDict({})['tags']).toEqual([]);
  });

  test.each([
    [new Date(Date.UTC(2024, 0, 1, 12, 30, 0, 123)), '2024-01-01T12:30:00.123000+00:00'],
    [new Date(Date.UTC(2024, 0, 1)), '2024-01-01T00:00:00.000000+00:00'],
    ['2024-01-01T12:30:00Z', '2024-01-01T12:30:00+00:00'],
    ['2024-01-01T12:30:00.5Z', '2024-01-01T12:30:00.5+00:00'],
    ['2024-01-01T12:30:00', '2024-01-01T12:30:00'],
    ['2024-01-01T12:30:00+02:00', '2024-01-01T12:30:00+02:00'],
    ['20240101_123000', '20240101_123000'],
  ])('spells the date %s with an offset or as it came, never with a Z', (timestamp, text) => {
    expect(metadataToDict({ timestamp })['timestamp']).toBe(text);
  });

  test('never makes a date of one that is none', () => {
    const dict = metadataToDict({ timestamp: new Date(Number.NaN) });
    expect(metadataFromDict(dict)).toEqual({ problems: [expect.stringMatching(/^timestamp: is no date/)] });
  });

  test('keeps a stranger called __proto__ a key', () => {
    const metadata = JSON.parse('{"__proto__": {"checksum": "x"}, "version": 1}') as ModelMetadata;
    for (const dict of [metadataToDict(metadata), read(metadata)]) {
      expect(Object.keys(dict)).toEqual([...keys, '__proto__']);
      expect(dict['checksum']).toBeNull();
    }
  });

  test('leaves what it was given as it was', () => {
    const metadata = Object.freeze({ version: 1, metrics: Object.freeze({ sharpe: 1 }) });
    expect(metadataToDict(metadata)['metrics']).toEqual({ sharpe: 1 });
    expect(Object.keys(metadata)).toEqual(['version', 'metrics']);
  });
});

describe('metadata from a file', () => {
  test.each(['2024-01-01T12:30:00.123456', '2024-01-01T12:30:00+02:00', '20240101_123000'])(
    'keeps the date %s as it was written',
    (timestamp) => {
      expect(read({ timestamp }).timestamp).toBe(timestamp);
    },
  );

  test('has numbers for the numbers that our own JSON spells as text, and leaves other texts alone', () => {
    const metadata = read({ reward: 'NaN', day_quality: '-Infinity', notes: 'NaN', metrics: { a: 'NaN' } });
    expect(metadata.reward).toBeNaN();
    expect(metadata).toMatchObject({ day_quality: -Infinity, notes: 'NaN', metrics: { a: 'NaN' } });
  });

  test('has a number for a reward with more digits than fit', () => {
    expect(read({ reward: 10n ** 20n }).reward).toBe(1e20);
  });

  test('of any generation comes back from a rewrite with nothing lost', () => {
    const simple: JsonObject = {
      version: 2,
      timestamp: '20240101_123000',
      reward: Number.NaN,
      metrics: { mean_reward: Infinity, seed: 2n ** 60n },
      source: '/somewhere/model.pt',
      file_size: 12,
    };
    const again = metadataToDict(read(metadataToDict(read(simple))));
    expect(again).toMatchObject(simple);
    expect(again).toEqual(metadataToDict(simple as ModelMetadata));
  });

  test('that is wrong is refused with every fault', () => {
    expect(metadataFromDict({ reward: 'high', tags: 'a', version: '7' })).toEqual({
      problems: [
        'version: must be a number, not a text',
        'reward: cannot be a text',
        'tags: must be a list, not a text',
      ],
    });
    expect(metadataFromDict([1])).toEqual({ problems: ['metadata: must be an object, not a list'] });
  });
});
