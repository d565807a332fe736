import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { toldName } from './told-name.ts';

function run(name: string, files: Record<string, string>): string {
  const root = join(temporaryFolder(), name);
  for (const [path, text] of Object.entries(files)) put(root, path, text);
  return root;
}

const hydra = (text: string) => ({ '.hydra/overrides.yaml': text });

test('a job of a sweep is called by what Hydra was asked for, and no run that has a name of its own', () => {
  expect(toldName(run('4', hydra('- lr=0.1\n- seed=3\n')))).toBe('lr=0.1, seed=3');
  expect(toldName(run('12-30-00', hydra('- lr=0.1\n')))).toBeNull();
  expect(toldName(run('7', hydra('[]')))).toBeNull();
  expect(toldName(run('8', hydra(': : :')))).toBeNull();
  expect(toldName(run('9', {}))).toBeNull();
});

test('a run of MLflow is called by the name it gave', () => {
  const folder = '0123456789abcdef0123456789abcdef';
  expect(toldName(run(folder, { 'meta.yaml': 'run_id: a\nrun_name: nosy-bear-7\n' }))).toBe('nosy-bear-7');
  expect(toldName(run(folder, { 'meta.yaml': 'run_id: a\nrun_name: 5\n' }))).toBeNull();
  expect(toldName(run(folder, { 'meta.yaml': 'run_id: a\n' }))).toBeNull();
  expect(toldName(run(folder, {}))).toBeNull();
});

test('of a long list of what was asked for the beginning is told', () => {
  const name = toldName(run('1', hydra(Array.from({ length: 30 }, (_, at) => `- key_${at}=1\n`).join(''))));
  expect(name).toHaveLength(81);
  expect(name).toMatch(/^key_0=1, key_1=1,.*…$/);
});
