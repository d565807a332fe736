import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from './disk.ts';
import { diskInside } from './disk-inside.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

test('nothing is made, moved or removed behind a link; what is read may be there', async () => {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  put(outside, 'model.pt', 'not ours');
  put(root, 'own.pt', 'ours');
  mkdirSync(join(outside, 'empty'));
  symlinkSync(outside, join(root, 'link'));
  const disk = diskInside(realDisk, root);
  const [model, own, fresh] = [join(root, 'link/model.pt'), join(root, 'own.pt'), join(root, 'link/new')];
  const calls = [
    () => disk.create(fresh),
    () => disk.reopen(model),
    () => disk.append(fresh),
    () => disk.link(own, fresh),
    () => disk.link(model, join(root, 'here')),
    () => disk.rename(own, fresh),
    () => disk.rename(model, join(root, 'here')),
    () => disk.unlink(model),
    () => disk.mkdir(fresh),
    () => disk.rmdir(join(root, 'link/empty')),
    () => disk.clone(own, fresh),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow(/follows no link/);
  expect(readdirSync(outside)).toEqual(['empty', 'model.pt']);
  expect(readdirSync(root).sort()).toEqual(['link', 'own.pt']);
  await (await disk.open(model)).close();
});

test('a folder beside the root whose name begins like it is not inside', async () => {
  const place = temporaryFolder();
  mkdirSync(join(place, 'run'));
  symlinkSync(temporaryFolder(), join(place, 'run-evil'));
  await diskInside(realDisk, join(place, 'run')).mkdir(join(place, 'run-evil/new'));
  expect(existsSync(join(place, 'run-evil/new'))).toBe(true);
});

test('what fails names the files as they were asked for', async () => {
  const root = temporaryFolder();
  const path = put(root, 'a/model.pt', 'a model');
  const disk = diskInside(realDisk, root);
  await expect(disk.create(path)).rejects.toMatchObject({ code: 'EEXIST', path });
  const [from, to] = [join(root, 'a/none'), join(root, 'a/other')];
  const failure = await disk.rename(from, to).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'ENOENT', path: from, dest: to });
  expect(String(failure)).toContain(`'${from}' -> '${to}'`);
  expect(readFileSync(path, 'utf8')).toBe('a model');
});
