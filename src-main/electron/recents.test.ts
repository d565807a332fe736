import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { Recents } from './recents.ts';

describe('recent runs', () => {
  test('are the newest first, each once, over a restart; the window gets handles', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'deep/recents.json');
    const recents = new Recents(file);
    for (const run of [folder, '/gone/b', folder]) recents.add(run);
    const list = await new Recents(file).list();
    expect(list.map((recent) => [recent.folder, recent.present])).toEqual([
      [folder, true],
      ['/gone/b', false],
    ]);
    expect(list[0]?.recentId).toMatch(/^[0-9a-f]{32}$/);
    expect(recents.entryOf(list[1]?.recentId ?? '')?.folder).toBe('/gone/b');
    expect(recents.entryOf('f'.repeat(32))).toBeNull();
    expect(recents.entryOf('/gone/b')).toBeNull();
    recents.forget(list[1]?.recentId ?? '');
    expect(await new Recents(file).list()).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['recents.json']);
  });

  test('are twenty at most', async () => {
    const file = join(temporaryFolder(), 'recents.json');
    const recents = new Recents(file);
    for (let run = 1; run <= 25; run += 1) recents.add(`/runs/${run}`);
    expect((await recents.list()).map(({ folder }) => folder)).toEqual(
      Array.from({ length: 20 }, (_all, index) => `/runs/${25 - index}`),
    );
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(20);
  });

  test('of an earlier Cairn are runs without a star', async () => {
    const file = put(temporaryFolder(), 'recents.json', '[{"folder": "/a", "openedAt": "2026-01-01"}]');
    expect(await new Recents(file).list()).toMatchObject([{ folder: '/a', kind: 'run', starred: false }]);
  });

  test('that are starred come first, are kept beyond twenty, and stay when the list is cleared', async () => {
    const file = join(temporaryFolder(), 'recents.json');
    const recents = new Recents(file);
    recents.add('/old.pt', 'checkpoint');
    recents.star((await recents.list())[0]?.recentId ?? '', true);
    for (let run = 1; run <= 25; run += 1) recents.add(`/runs/${run}`);
    const list = await new Recents(file).list();
    expect(list).toHaveLength(21);
    expect(list[0]).toMatchObject({ folder: '/old.pt', kind: 'checkpoint', starred: true });
    recents.add('/old.pt', 'checkpoint');
    recents.clear();
    expect((await new Recents(file).list()).map(({ folder }) => folder)).toEqual(['/old.pt']);
  });

  test('that are found elsewhere keep their star, and are there once', async () => {
    const recents = new Recents(join(temporaryFolder(), 'recents.json'));
    recents.add('/before');
    const { recentId = '' } = (await recents.list())[0] ?? {};
    recents.star(recentId, true);
    recents.add('/after');
    recents.replace(recentId);
    expect(await recents.list()).toMatchObject([{ folder: '/after', starred: true }]);
  });

  test('tell that they changed, in whatever way', async () => {
    const changed = vi.fn();
    const recents = new Recents(join(temporaryFolder(), 'recents.json'), changed);
    recents.add('/a');
    recents.star((await recents.list())[0]?.recentId ?? '', true);
    recents.forget((await recents.list())[0]?.recentId ?? '');
    expect(changed).toHaveBeenCalledTimes(3);
  });

  test.each(['', '{', '{"folder": 1}', '[{"folder": 7}]', 'null', '[[]]'])(
    'that cannot be read (%j) are none, and can be made anew',
    async (text) => {
      const file = put(temporaryFolder(), 'recents.json', text);
      const recents = new Recents(file);
      expect(await recents.list()).toEqual([]);
      recents.add('/a');
      expect(await new Recents(file).list()).toHaveLength(1);
    },
  );

  test('that cannot be saved are known for this session', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const recents = new Recents(join(put(temporaryFolder(), 'file', ''), 'recents.json'));
    recents.add('/a');
    expect(await recents.list()).toHaveLength(1);
    expect(complain).toHaveBeenCalledOnce();
    complain.mockRestore();
  });
});
