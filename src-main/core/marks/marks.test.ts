import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { readMarks } from './marks.ts';

async function open(run: string, appData: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test('what somebody else noted since the run was looked at is kept', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const id = saveModel(run, 1);
  const [one, other] = [await open(run, appData), await open(run, appData)];
  await one.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  await other.mark([id], 'note', (mark) => ({ ...mark, notes: 'looked at' }));
  await one.mark([id], 'tag', (mark) => ({ ...mark, tags: [...(mark.tags ?? []), 'a'] }));
  const [mark] = await other.mark([id], 'tag', (now) => ({ ...now, tags: [...(now.tags ?? []), 'b'] }));
  expect(mark?.after).toMatchObject({ id, pinned: true, notes: 'looked at', tags: ['a', 'b'] });
});

test('a row has the pin, the notes and the tags that were put on record', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const [id, other] = [saveModel(run, 1, { sidecar: { notes: 'from training' } }), saveModel(run, 2)];
  const manager = await open(run, appData);
  expect(manager.row(id)).toMatchObject({ pinned: false, notes: 'from training', tags: [] });
  await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned: true, notes: 'mine', tags: ['a'] }));
  expect(manager.row(id)).toMatchObject({ pinned: true, notes: 'mine', tags: ['a'] });
  expect(manager.row(other)).toMatchObject({ pinned: false, notes: null });
});

/** A run of three versions of which the worst is pinned. */
async function pinnedRun() {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const ids = [1, 2, 3].map((number) => saveModel(run, number));
  const worst = ids[0] ?? '';
  await (await open(run, appData)).mark([worst], 'pin', (mark) => ({ ...mark, pinned: true }));
  return { run, ids, worst, reopen: () => open(run, appData) };
}

test('marks of which a bit changed are told as damaged, but for the spaces between them', async () => {
  const { run } = await pinnedRun();
  const path = join(run, '.cairn/marks.json');
  const written = readFileSync(path);
  const said = JSON.stringify([...readMarks(join(run, '.cairn'))]);
  for (let bit = 0; bit < 8 * written.length; bit += 7) {
    const flipped = Buffer.from(written);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(path, flipped);
    let read = said;
    try {
      read = JSON.stringify([...readMarks(join(run, '.cairn'))]);
    } catch (error) {
      expect(String(error)).toContain('is damaged');
    }
    expect(read, `bit ${bit}`).toBe(said);
  }
});

test('marks that have no checksum, as older versions wrote them, are read', () => {
  const run = temporaryFolder();
  const mark = { id: 'a.pt', pinned: true, notes: null, tags: null };
  put(run, 'marks.json', JSON.stringify({ format: 1, versions: [mark] }));
  expect([...readMarks(run).values()]).toEqual([mark]);
});

const rules = { keepBest: 0, keepLatest: 1, keepEvery: null, kinds: 'all' } as const;

test.each([
  ['cut off', '{"format": 1, "versions": ['],
  ['of another shape', '{"format": 2}'],
  ['empty', ''],
])('marks that are %s are told by what reads, and until then nothing is pruned or noted', async (_, text) => {
  const { run, ids, worst, reopen } = await pinnedRun();
  const path = join(run, '.cairn/marks.json');
  renameSync(path, `${path}.whole`);
  put(run, '.cairn/marks.json', text);
  const manager = await reopen();
  expect(
    manager
      .versions()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids);
  expect(manager.problems).toEqual([
    { path: '.cairn/marks.json', problem: expect.stringContaining('is damaged') },
  ]);
  await expect(manager.planPrune(rules)).rejects.toThrow('cannot tell what is pinned');
  await expect(manager.prune(rules)).rejects.toThrow('cannot tell what is pinned');
  await expect(manager.mark([worst], 'note', (mark) => ({ ...mark, notes: 'x' }))).rejects.toThrow(
    'cannot tell what is pinned',
  );
  renameSync(`${path}.whole`, path);
  await manager.look();
  expect([manager.problems, manager.version(worst)?.pinned]).toEqual([[], true]);
  await manager.prune(rules);
  expect(existsSync(join(run, worst))).toBe(true);
});

test('a folder or a link in the place of the marks is told, and keeps a prune from running', async () => {
  const { run, reopen } = await pinnedRun();
  const path = join(run, '.cairn/marks.json');
  for (const make of [() => mkdirSync(path), () => symlinkSync('elsewhere', path)]) {
    rmSync(path, { recursive: true });
    make();
    const manager = await reopen();
    expect(manager.problems).toHaveLength(1);
    await expect(manager.planPrune(rules)).rejects.toThrow('cannot tell what is pinned');
  }
});

test('a save is a save where the marks are damaged, and says that nothing was pruned after it', async () => {
  const { run, reopen } = await pinnedRun();
  put(run, '.cairn/marks.json', '{');
  put(run, '.hydra/config.yaml', 'model_storage: {max_best_models: 1}');
  const bytes = Buffer.from('a model');
  const saved = await (await reopen()).saveBestModel({
    source: { chunks: [bytes], size: bytes.length },
    reward: 9,
  });
  expect(saved.pruned).toEqual([]);
  expect(saved.warnings.join()).toMatch(/retention did not run: .*marks\.json is damaged/);
});
