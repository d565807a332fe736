import { realpathSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { saveModel } from '../../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { RunReader } from '../../core/run-reader.ts';
import { resolveWord } from './resolve-word.ts';

async function run() {
  const root = realpathSync(temporaryFolder());
  const [id = ''] = [1, 2].map((version) => saveModel(root, version));
  const manager = new RunReader(root, { appData: temporaryFolder() });
  await manager.look();
  return { root, id, manager };
}

test('a path that leads to a version, whole or from where one is, names it, and so does that of its sidecar', async () => {
  const { root, id, manager } = await run();
  const path = join(root, id);
  for (const word of [path, relative(process.cwd(), path), path.replace(/pt$/, 'json'), id])
    expect(await resolveWord(manager, word)).toBe(id);
});

test('a path to a version of another run, a link, or nothing names none', async () => {
  const { root, id, manager } = await run();
  const other = await run();
  const link = join(temporaryFolder(), 'link.pt');
  symlinkSync(join(root, id), link);
  for (const word of [
    join(other.root, other.id),
    link,
    join(root, 'best_models'),
    `${root}/best_models/x.pt`,
  ])
    await expect(resolveWord(manager, word)).rejects.toThrow(/^no version/);
});
