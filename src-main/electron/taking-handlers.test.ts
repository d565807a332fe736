import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noChange } from '../../shared/model/mark-change.ts';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createMarkHandlers } from './mark-handlers.ts';
import type { OpenRun } from './open-run.ts';
import { createTakingHandlers } from './taking-handlers.ts';
import { NoSuchHandleError } from './version-handles.ts';
import { WindowSession } from './window-session.ts';

const from = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;

let session: WindowSession;
let run: OpenRun;
let folder: string;
let copied: string;
let dragged: string[];
let revealed: string[];
/** What happens while a person chooses a file. */
let meanwhile: () => void;
const handlers = {
  ...createMarkHandlers(() => session),
  ...createTakingHandlers(() => session, {
    copy: (text) => {
      copied = text;
    },
    askTarget: async (_from, suggested) => {
      meanwhile();
      return join(folder, suggested);
    },
    reveal: (path) => revealed.push(path),
    startDrag: async (_from, paths) => {
      dragged = paths;
    },
  }),
};
/** What was said of each version; of which bytes is not asked here. */
const marksOnDisk = () => {
  const { versions: marks } = JSON.parse(readFileSync(join(folder, 'run/.cairn/marks.json'), 'utf8'));
  return marks.map(({ of: _of, ...said }: { of: unknown }) => said);
};

let versions: number[];
let chosen: { runId: string; versions: number[] };
let ids: string[];

beforeEach(async () => {
  meanwhile = () => undefined;
  revealed = [];
  folder = temporaryFolder();
  const root = join(folder, 'run');
  ids = [saveModel(root, 1, { sidecar: { tags: ['paper'] } }), saveModel(root, 2)];
  put(root, 'best_models/gone.json', JSON.stringify({ version: 3, reward: 0.5, metrics: {} }));
  session = new WindowSession(from, folder);
  run = session.open(root);
  await run.manager.look();
  versions = ids.map((id) => run.handles.handleOf(id));
  chosen = { runId: run.runId, versions };
});
afterEach(() => session.close());

test('several versions are marked at once, the log says how, and one undo takes it all back', async () => {
  const change = { ...noChange, pinned: true, addTags: ['good'], removeTags: ['paper'] };
  const { undo } = await handlers.markVersions({ ...chosen, change }, from);
  expect(marksOnDisk()).toEqual(ids.map((id) => ({ id, pinned: true, notes: null, tags: ['good'] })));
  expect(run.manager.log().at(-1)).toMatchObject({ command: 'pin+tag', ids, result: 'done' });
  await handlers.restoreMarks({ runId: run.runId, undo }, from);
  expect(marksOnDisk()).toEqual([]);
  expect(run.manager.row(ids[0] ?? '')).toMatchObject({ pinned: false, tags: ['paper'] });
});

test('an undo leaves what was noted since, and is for its own run alone', async () => {
  const { undo } = await handlers.markVersions({ ...chosen, change: { ...noChange, notes: 'a' } }, from);
  const first = { runId: chosen.runId, versions: chosen.versions.slice(0, 1) };
  await handlers.markVersions({ ...first, change: { ...noChange, notes: 'b', pinned: true } }, from);
  await handlers.restoreMarks({ runId: run.runId, undo }, from);
  expect(marksOnDisk()).toEqual([{ id: ids[0], pinned: true, notes: 'b', tags: null }]);
  const other = session.open(temporaryFolder());
  await expect(handlers.restoreMarks({ runId: other.runId, undo }, from)).rejects.toThrow('no longer');
});

test('where one of the versions is gone, none is marked', async () => {
  const gone = {
    runId: run.runId,
    versions: [...chosen.versions, run.handles.handleOf('best_models/no.pt')],
  };
  const request = handlers.markVersions({ ...gone, change: { ...noChange, pinned: true } }, from);
  await expect(request).rejects.toThrow('it is not in this run');
  expect(run.manager.row(ids[0] ?? '')).toMatchObject({ pinned: false });
});

test('cells go to the clipboard as lines with heads; one cell as its text', async () => {
  await handlers.copyCells({ versions, columns: ['version', 'reward'], heads: true }, from);
  expect(copied).toBe('version\treward\n1\t0.1\n2\t0.2\n');
  await handlers.copyCells({ versions: versions.slice(0, 1), columns: ['tags'], heads: false }, from);
  expect(copied).toBe('paper');
});

test('while the cells of many versions are copied others have their turn', async () => {
  const many = Array.from({ length: 1200 }, () => versions[0] ?? 0);
  copied = '';
  let before: string | null = null;
  setImmediate(() => {
    before = copied;
  });
  await handlers.copyCells({ versions: many, columns: ['version'], heads: false }, from);
  expect([before, copied.length]).toEqual(['', 2 * many.length - 1]);
});

test('paths and snippets go to the clipboard, and files to what they are dragged to', async () => {
  const paths = ids.map((id) => join(folder, 'run', id));
  await handlers.copyPlaces({ versions, form: 'plain' }, from);
  expect(copied).toBe(paths.join('\n'));
  await handlers.copyPlaces({ versions: versions.slice(0, 1), form: 'python' }, from);
  expect(copied).toContain(`torch.load(${JSON.stringify(paths[0])}, map_location="cpu", weights_only=True)`);
  await handlers.dragOut({ versions }, from);
  expect(dragged).toEqual(paths);
});

test('what has no file is neither dragged nor named', async () => {
  const missing = { versions: [run.handles.handleOf('best_models/gone.pt')] };
  await expect(handlers.dragOut(missing, from)).rejects.toThrow('only its record');
  await expect(handlers.copyPlaces({ ...missing, form: 'plain' }, from)).rejects.toThrow('only its record');
});

test('a list is written where the person says, in the order given', async () => {
  const request = { versions: versions.toReversed(), columns: ['version', 'reward'], format: 'csv' as const };
  const { taskId } = await handlers.exportList(request, from);
  const written = JSON.parse((await session.works.finish(taskId ?? '')) ?? 'null');
  expect(written).toMatchObject({ label: 'run-versions.csv' });
  expect(readFileSync(join(folder, 'run-versions.csv'), 'utf8')).toBe(
    `version,id,reward\r\n2,${ids[1]},0.2\r\n1,${ids[0]},0.1\r\n`,
  );
  handlers.revealWritten({ writtenId: written.writtenId }, from);
  expect(revealed).toEqual([join(folder, 'run-versions.csv')]);
});

test('a file is shown by the handle of one that was written alone', () => {
  expect(() => handlers.revealWritten({ writtenId: '0f'.repeat(16) }, from)).toThrow(NoSuchHandleError);
  expect(revealed).toEqual([]);
});

test('nothing is begun for a run that was closed while the file was chosen', async () => {
  meanwhile = () => session.closeRun(run.runId);
  const request = { versions, columns: ['version'], format: 'csv' as const };
  await expect(handlers.exportList(request, from)).rejects.toThrow('no such run open');
  expect(existsSync(join(folder, 'run-versions.csv'))).toBe(false);
});

/** Another run of the same window, called the same, with one version. */
async function openOther(): Promise<{ other: OpenRun; version: number; id: string }> {
  const root = join(folder, 'b/run');
  const id = saveModel(root, 7);
  const other = session.open(root);
  await other.manager.look();
  return { other, version: other.handles.handleOf(id), id };
}

test('versions of several runs are taken together, each told by its run, in the order given', async () => {
  const { version, id } = await openOther();
  const wanted = [versions[1] ?? -1, version, versions[0] ?? -1];
  const columns = ['run', 'version'];
  await handlers.copyCells({ versions: wanted, columns, heads: true }, from);
  const own = `${basename(folder)}/run`;
  expect(copied).toBe(`run\tversion\n${own}\t2\nb/run\t7\n${own}\t1\n`);
  await handlers.copyPlaces({ versions: [version, versions[0] ?? -1], form: 'plain' }, from);
  expect(copied).toBe(`${join(folder, 'b/run', id)}\n${join(folder, 'run', ids[0] ?? '')}`);
  const { taskId } = await handlers.exportList({ versions: wanted, columns, format: 'json' }, from);
  await session.works.finish(taskId ?? '');
  const list = JSON.parse(readFileSync(join(folder, 'all-runs-versions.json'), 'utf8'));
  expect(list.map((each: { run: string; version: number }) => [each.run, each.version])).toEqual([
    [own, 2],
    ['b/run', 7],
    [own, 1],
  ]);
});

test('a version of a run that was closed is none any more', async () => {
  const { other, version } = await openOther();
  session.closeRun(other.runId);
  expect(() => session.runOf(version)).toThrow('no such version');
  await expect(handlers.dragOut({ versions: [version] }, from)).rejects.toThrow('no such version');
});
