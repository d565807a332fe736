import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { placeOf } from './group-names.ts';
import { type FolderNames, listRun, partsOf } from './list-run.ts';

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

async function listAside(root: string) {
  const { foldersAside, problems } = listRun(root, config);
  const folders: FolderNames[] = [];
  for await (const each of foldersAside) folders.push(each);
  return { folders, problems };
}

test('a run is listed aside as it is at once, with what is wrong with its folders, and a gone one is refused alike', async () => {
  const root = temporaryFolder();
  put(root, 'checkpoints/a.pt', 'x');
  put(root, 'checkpoint-500/model.safetensors', 'x');
  symlinkSync(temporaryFolder(), join(root, 'best_models'));
  const { folders, problems } = listRun(root, config);
  const atOnce = { folders: [...folders], problems };
  expect(atOnce.folders.map(({ folder }) => folder.path)).toEqual(['', 'checkpoint-500', 'checkpoints']);
  expect(problems).toMatchObject([{ path: 'best_models' }]);
  expect(await listAside(root)).toEqual(atOnce);
  rmSync(root, { recursive: true });
  expect(() => [...listRun(root, config).folders]).toThrow('ENOENT');
  await expect(listAside(root)).rejects.toThrow('ENOENT');
});
