import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import type { SaveRequest, SaveSource } from './save-request.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const bytes = { chunks: [Buffer.from('x')], size: 1 };
const files = ['model.safetensors', 'config.json', 'trainer_state.json'];
const sourceOf = (folder: string, names: readonly string[] = files) => ({
  folder,
  files: names.map((name) => ({ name, bytes })),
});

test.each([
  [
    'a line break in its name',
    sourceOf('check\npoint-7'),
    {},
    /“check.*point-7” cannot be the name.*unprintable/,
  ],
  ['a NUL in its name', sourceOf('check\0point-7'), {}, /cannot be the name.*plain name, in no folder/],
  [
    'a name of 300 letters',
    sourceOf(`${'a'.repeat(300)}-7`),
    {},
    /cannot be the name.*longer than 200 bytes/,
  ],
  ['such a name asked for', sourceOf('checkpoint-7'), { name: 'a\nb-7' }, /cannot be the name.*unprintable/],
  [
    'a file outside',
    sourceOf('checkpoint-7', [...files, '../../evil']),
    {},
    /“\.\.\/\.\.\/evil” cannot be a file of/,
  ],
  ['a NUL in a file’s name', sourceOf('checkpoint-7', [...files, 'a\0b']), {}, /cannot be a file of/],
  [
    'a file’s name of 300 letters',
    sourceOf('checkpoint-7', [...files, 'a'.repeat(300)]),
    {},
    /cannot be a file of/,
  ],
  [
    'a file named twice',
    sourceOf('checkpoint-7', [...files, 'config.json']),
    {},
    /“config\.json” cannot be a file of.*named twice/,
  ],
  [
    'a file that is a folder too',
    sourceOf('checkpoint-7', [...files, 'config.json/x']),
    {},
    /“config\.json” cannot be a file of.*folder too/,
  ],
])('a folder with %s is refused before anything is staged', async (_what, source, rest, why) => {
  for (const kind of ['best', 'checkpoint'] as const) {
    const { run, manager } = watchFolder(kind);
    const request = { source, reward: 1, ...rest };
    const saving = kind === 'best' ? manager.saveBestModel(request) : manager.saveCheckpoint(request);
    const error = await saving.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toMatch(why);
    expect(readdirSync(run).filter((name) => name !== '.cairn')).toEqual([]);
  }
});

test.each([undefined, null, 'model.pt'])(
  'a request that does not say what to save is refused: %o',
  async (source) => {
    const { manager } = watchFolder('best');
    const request: SaveRequest = { source: source as unknown as SaveSource, reward: 1 };
    await expect(manager.saveBestModel(request)).rejects.toThrow(
      /^nothing was saved — source must be an object that says what to save — correct that$/,
    );
  },
);

test('a folder has its record, whatever save_metadata says', async () => {
  const { run, manager } = watchFolder('checkpoint', { save_metadata: false });
  await manager.saveCheckpoint({ source: sourceOf('checkpoint-7'), reward: 1, metadata: { notes: 'é' } });
  const record = readFileSync(join(run, 'checkpoints/checkpoint-7/checkpoint-7.cairn.json'), 'utf8');
  expect(JSON.parse(record)).toMatchObject({ reward: 1, notes: 'é' });
});
