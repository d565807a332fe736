import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { placeOf } from './group-names.ts';
import { type FolderNames, partsOf } from './list-run.ts';

const config = { ...defaultStorageConfig, checkpoint_name: 'last' };
const folder = { path: 'checkpoints', purpose: 'checkpoint' } as const;

const piece = fc.constantFrom(
  'a',
  '_meta',
  '.',
  '.pt',
  '.json',
  '.gz',
  '.backup',
  '.tmp',
  'last',
  '0.5',
  '~',
  '_vecnormalize',
  '_9_steps',
  '.pkl',
);
const names = fc.uniqueArray(
  fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join('')),
);

const stemsOf = (part: FolderNames) =>
  new Set(
    part.names
      .map((name) => placeOf(folder, name, config))
      .filter(({ role }) => role !== 'other')
      .map(({ stem }) => stem),
  );

test('names of one stem are in one part, each name in exactly one', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 4 }), (all, count) => {
      const parts = partsOf({ folder, names: all }, count);
      expect(parts.flatMap((part) => part.names).sort()).toEqual([...all].sort());
      const stems = parts.flatMap((part) => [...stemsOf(part)]);
      expect(stems).toHaveLength(new Set(stems).size);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
