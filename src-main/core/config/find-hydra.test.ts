import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { findHydra } from './find-hydra.ts';
import { readHydra } from './read-hydra.ts';

test('the record of Hydra that is nearest to a file counts, up to three folders above it', () => {
  const folder = temporaryFolder();
  put(folder, '.hydra/config.yaml', 'lr: 1');
  put(folder, 'a/b/c/d/model.pt', '');
  expect(findHydra(join(folder, 'a/b/c/model.pt'))).toBe(join(folder, '.hydra'));
  expect(findHydra(join(folder, 'a/b/c/d/model.pt'))).toBeNull();
  mkdirSync(join(folder, 'a/b/.hydra'));
  expect(findHydra(join(folder, 'a/b/model.pt'))).toBe(join(folder, 'a/b/.hydra'));
});

test('a link in its place is not followed', () => {
  const folder = temporaryFolder();
  put(folder, 'elsewhere/config.yaml', 'lr: 1');
  symlinkSync('elsewhere', join(folder, '.hydra'));
  expect(findHydra(join(folder, 'model.pt'))).toBeNull();
});

test('of a record that is not there, not whole or too long nothing is told', () => {
  const folder = temporaryFolder();
  put(folder, 'config.yaml', '{a: ');
  put(folder, 'overrides.yaml', '- a=1\n'.repeat(20_000));
  expect(readHydra(folder)).toEqual({ config: null, overrides: null });
  expect(readHydra(join(folder, 'nowhere'))).toEqual({ config: null, overrides: null });
});
