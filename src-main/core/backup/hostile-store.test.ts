import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { backUp, backUpTo, open, runOf } from './backed-up-run.fixture.ts';
import { type BackupManifest, manifestText } from './backup-manifest.ts';

const model = 'best_models/model_v0099_reward1.0000_20260302_125400.pt';
const backup = '20260301T000000-abcdef';

/** A store that somebody made by hand: one version with these files, each a program, in these folders. */
function storeOf(id: string, paths: readonly string[], folders: readonly string[] = []): string {
  const store = temporaryFolder();
  const files = paths.map((path) => {
    const bytes = Buffer.from(`the bytes of ${path}`);
    chmodSync(put(store, `objects/${sha256(bytes)}`, bytes), 0o4755);
    return { path, checksum: sha256(bytes), size: bytes.length };
  });
  const version = { id, files, ...(folders.length > 0 && { folders: folders.map(withMode) }) };
  const now = '2026-03-01T00:00:00.000Z';
  const manifest: BackupManifest = {
    format: 1,
    id: backup,
    label: 'good one',
    reason: 'by hand',
    created_at: now,
    run: '/elsewhere',
    versions: [version],
    verified_at: now,
    state: 'verified',
  };
  put(store, `manifests/${backup}.json`, manifestText(manifest));
  return store;
}

const withMode = (path: string) => ({ path, mode: 0o755 });

test.each([
  ['a hook', model, ['.git/hooks/pre-commit']],
  ['a program beside the run', model, ['train.py']],
  ['a program beside the model', model, ['best_models/train.py']],
  ['another version', model, ['best_models/model_v0007_reward0.5000_20260302_125400.pt']],
  ['a hidden file', model, ['best_models/.env']],
  ['what no framework shares', 'ppo.zip', ['src/vecnormalize.py']],
  ['what is shared, too deep', 'ppo.zip', ['src/a/config.yml']],
  ['a model in a hidden folder', '.git/hooks/pre-commit', []],
  ['a folder beside a version', model, [], ['.git/hooks']],
  ['a file beside a folder that is a version', 'ckpt-7/model.pt', ['train.py'], ['ckpt-7']],
  ['a hidden folder in one', 'ckpt-7/model.pt', ['ckpt-7/.git/hooks/pre-commit'], ['ckpt-7']],
])('a store that has %s with a version restores nothing of that', async (_, id, others, folders = []) => {
  const run = temporaryFolder();
  put(run, 'train.py', 'mine');
  const manager = await open(run);
  const store = storeOf(id, [id, ...others], folders);
  for (const call of ['plan', 'restore'] as const)
    await expect(manager.backups[call](backup, null, store)).rejects.toThrow(
      /^nothing is restored — .* is no file of that version: .* — /,
    );
  const left = readdirSync(run).filter((name) => name !== '.cairn');
  expect(left).toEqual(['train.py']);
  expect(readFileSync(join(run, 'train.py'), 'utf8')).toBe('mine');
});

test.each([
  ['its sidecar', model, [model.replace('.pt', '.json'), model.replace('.pt', '_meta.json')]],
  ['what it was before', model, [`${model}.backup`]],
  ['a packed one', 'checkpoints/a.pt.gz', ['checkpoints/a.json']],
  [
    'its companions',
    'ppo_1000_steps.zip',
    ['ppo_vecnormalize_1000_steps.pkl', 'ppo_1000_steps.vecnormalize.pkl'],
  ],
  ['what all share', 'ppo.zip', ['CartPole-v1/vecnormalize.pkl', 'CartPole-v1/config.yml']],
  ['its parts', 'a.ckpt-1.index', ['a.ckpt-1.data-00000-of-00001', 'a.ckpt-1.meta']],
  ['its shards', 'model.safetensors.index.json', ['model-00001-of-00002.safetensors']],
  ['the rest of a folder', 'ckpt-7/model.pt', ['ckpt-7/.zarray', 'ckpt-7/a/b'], ['ckpt-7', 'ckpt-7/a']],
])('a version is restored with %s', async (_, id, others, folders = []) => {
  const run = temporaryFolder();
  const manager = await open(run);
  const store = storeOf(id, [id, ...others], folders);
  await manager.backups.restore(backup, null, store);
  for (const path of [id, ...others])
    expect(readFileSync(join(run, path), 'utf8')).toBe(`the bytes of ${path}`);
});

test('a restore says of every file whether it is created or replaced', async () => {
  const { run, ids, manager } = await runOf(1);
  const [id = ''] = ids;
  const sidecar = id.replace('.pt', '.json');
  const [first, second] = [await backUp(manager, id), await backUpTo(temporaryFolder(), manager, ids)];
  put(run, sidecar, '{}');
  const replaced = { id: sidecar, action: 'replace', from: sha256(Buffer.from('{}')) };
  expect(await manager.backups.plan(first, null)).toMatchObject([
    { id, action: 'replace', files: [replaced] },
  ]);
  rmSync(join(run, sidecar));
  const created = { id: sidecar, action: 'create', from: null };
  const { changes } = await manager.backups.restore(second, null);
  expect(changes).toMatchObject([{ id, files: [created] }]);
});

test.skipIf(process.platform === 'win32')('what is restored is no program', async () => {
  const run = temporaryFolder();
  const manager = await open(run);
  await manager.backups.restore(backup, null, storeOf(model, [model]));
  expect(statSync(join(run, model)).mode & 0o7777).toBe(0o644);
});
