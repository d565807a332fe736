import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContentsView, DiffView, DriftView } from '../../shared/model/contents-view.ts';
import type { MeasuredVersion } from '../../shared/statistics/summarise-drift.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createContentsHandlers } from './contents-handlers.ts';
import { suggestName } from './export-target.ts';
import type { OpenRun } from './open-run.ts';
import { WindowSession } from './window-session.ts';

const from = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;
const sample = join(import.meta.dirname, '../../build/sample-run/run');
const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

let folder: string;
let session: WindowSession;
let run: OpenRun;
let target: string | null;
const handlers = createContentsHandlers(
  () => session,
  async () => target,
  async () => target,
);

beforeEach(async () => {
  folder = temporaryFolder();
  cpSync(sample, join(folder, 'run'), { recursive: true });
  session = new WindowSession(from, folder);
  run = session.open(join(folder, 'run'));
  await run.manager.look();
});
afterEach(() => session.close());

async function open(id = best): Promise<{ contentsId: string; view: ContentsView }> {
  const request = { runId: run.runId, version: run.handles.handleOf(id) };
  const { contentsId, json } = await handlers.openContents(request, from);
  return { contentsId, view: JSON.parse(json) as ContentsView };
}

async function result<T>({ taskId }: { taskId: string | null }): Promise<T> {
  return JSON.parse((await handlers.awaitWork({ taskId: taskId ?? '' }, from)).json ?? 'null') as T;
}

test('what was measured of a version is there when it is looked into again, until its file changes', async () => {
  const isMeasured = async (id: string) => {
    const request = { runId: run.runId, version: run.handles.handleOf(id) };
    const { contentsId, measured } = await handlers.openContents(request, from);
    return { contentsId, measured };
  };
  const old = new Date('2026-01-01T10:00:00');
  utimesSync(join(folder, 'run', best), old, old);
  const { contentsId } = await isMeasured(best);
  const first = await result(await handlers.measureTensors({ contentsId, tensors: null }, from));
  expect((await isMeasured(other)).measured).toBe(false);
  const again = await isMeasured(best);
  expect(again.measured).toBe(true);
  const asked = { contentsId: again.contentsId, tensors: null };
  expect(await result(await handlers.measureTensors(asked, from))).toEqual(first);
  const later = new Date('2026-01-01T11:00:00');
  utimesSync(join(folder, 'run', best), later, later);
  expect((await isMeasured(best)).measured).toBe(false);
});

test('a version is opened with its tensors, its training state and its optimizer', async () => {
  const { view } = await open();
  expect(view).toMatchObject({
    format: 'torch-zip',
    trust: 'tensors-only',
    totals: { tensors: 32, parameters: 1132 },
    training_state: { global_step: 322560 },
    optimizer: { kind: 'Adam or one like it', parameters: 8 },
    left_out: { tensors: 0 },
    // The sidecar has tags by now, which somebody gave it.
    disagreements: [],
  });
  expect(view.tensors[0]).toMatchObject({ label: 'model_state_dict.trunk.0.weight', readable: true });
});

test('what a torn file still has is told, and what is wrong with it', async () => {
  truncateSync(join(folder, 'run', best), 12_000);
  const { view } = await open();
  expect(view.problems.join()).toMatch(/missing|cut off/);
  expect(view.tensors.length).toBeGreaterThan(0);
});

test('tensors are measured, counted and looked at by their place', async () => {
  const { contentsId } = await open();
  expect(await result(await handlers.measureTensors({ contentsId, tensors: [0] }, from))).toEqual({
    statistics: [expect.objectContaining({ count: 24 * 17, nan: 0 })],
    damaged: [],
  });
  const bins = await result<{ count: number }[]>(
    await handlers.countBins({ contentsId, tensor: 0, scale: 'linear' }, from),
  );
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(24 * 17);
  const ranges = [
    { from: 0, to: 2 },
    { from: 0, to: 3 },
  ];
  const { figures, all } = await handlers.peekBytes({ contentsId, tensor: 0, from: 4 }, from);
  expect(figures).toMatch(/^([0-9a-f]{2})*$/);
  expect(figures?.length).toBe(2 * Math.min(512, all - 4));
  expect(await handlers.peekBytes({ contentsId, tensor: 0, from: all + 9 }, from)).toEqual({
    figures: '',
    all,
  });
  const { json } = await handlers.peekTensor({ contentsId, tensor: 0, ranges }, from);
  expect(JSON.parse(json ?? '')).toHaveLength(6);
});

test('a tensor that is not there is refused, and so is a file that is no longer open', async () => {
  const { contentsId } = await open();
  await expect(handlers.exportTensor({ contentsId, tensor: 32, format: 'npy' }, from)).rejects.toThrow(
    'no such tensor',
  );
  await open(other);
  await expect(handlers.peekTensor({ contentsId, tensor: 0, ranges: [] }, from)).rejects.toThrow(
    'no longer open',
  );
});

test('opening another version overtakes the one that is being opened', async () => {
  const overtaken = open();
  const later = open(other);
  await expect(overtaken).rejects.toThrow('meanwhile');
  expect((await later).view.metadata).toMatchObject({ version: 10 });
});

test('a tensor is exported where the person says, and nothing there is overwritten', async () => {
  const { contentsId } = await open();
  target = join(folder, 'weight.npy');
  const request = { contentsId, tensor: 0, format: 'npy' as const };
  expect(await result(await handlers.exportTensor(request, from))).toMatchObject({
    label: 'weight.npy',
    bytes: 128 + 1632,
  });
  const bytes = readFileSync(target);
  expect(bytes.subarray(1, 6).toString()).toBe('NUMPY');
  await expect(result(await handlers.exportTensor(request, from))).rejects.toThrow('is there already');
  expect(readFileSync(target)).toEqual(bytes);
  target = null;
  expect(await handlers.exportTensor(request, from)).toEqual({ taskId: null });
  expect(existsSync(join(folder, 'null'))).toBe(false);
});

test('nobody reads what is exported of a checkpoint who could not read it', async () => {
  const umasked = 0o666 & ~process.umask();
  for (const mode of [0o644, 0o600]) {
    chmodSync(join(folder, 'run', best), mode);
    const { contentsId } = await open();
    target = join(folder, `${mode}.npy`);
    await result(await handlers.exportTensor({ contentsId, tensor: 0, format: 'npy' }, from));
    target = join(folder, `${mode}.json`);
    await result(await handlers.exportContents({ contentsId }, from));
    const modes = ['npy', 'json'].map((ending) => statSync(join(folder, `${mode}.${ending}`)).mode & 0o777);
    expect(modes).toEqual([mode & umasked, mode & umasked]);
  }
});

test('what is in a checkpoint is exported as JSON, with every name and where it stands, and nothing is overwritten', async () => {
  const { contentsId, view } = await open();
  target = join(folder, 'model.json');
  const { label, bytes } = await result<{ label: string; bytes: number }>(
    await handlers.exportContents({ contentsId }, from),
  );
  const text = readFileSync(target, 'utf8');
  expect([label, bytes]).toEqual(['model.json', Buffer.byteLength(text)]);
  expect(JSON.parse(text)).toMatchObject({
    path: join(folder, 'run', best),
    format: 'torch-zip',
    training_state: view.training_state,
    totals: view.totals,
    globals: view.globals.map(({ module, name, offset }) => ({ module, name, offset })),
  });
  await expect(result(await handlers.exportContents({ contentsId }, from))).rejects.toThrow(
    'is there already',
  );
  expect(readFileSync(target, 'utf8')).toBe(text);
  target = null;
  expect(await handlers.exportContents({ contentsId }, from)).toEqual({ taskId: null });
});

test('several tensors are exported to one file, or to a new folder, and the work says how many', async () => {
  const { contentsId } = await open();
  target = join(folder, 'some.npz');
  const request = { contentsId, tensors: [0, 1], form: 'npz' as const };
  const written = await result(await handlers.exportTensors(request, from));
  expect(written).toMatchObject({ label: 'some.npz', bytes: statSync(target).size, tensors: 2, leftOut: 0 });
  target = folder;
  await result(await handlers.exportTensors({ contentsId, tensors: null, form: 'folder' }, from));
  const names = readdirSync(join(folder, 'model_v0011_reward0.4346_20260302_114200.pt-tensors'));
  expect(names).toHaveLength(32);
  expect(names).toContain('model_state_dict.trunk.0.weight.npy');
  target = null;
  expect(await handlers.exportTensors(request, from)).toEqual({ taskId: null });
});

test('the name that is suggested for a file is never a path', () => {
  expect(suggestName('../../etc/passwd', 'csv', 'tensor')).toBe('_.._etc_passwd.csv');
  expect(suggestName('', 'npy', 'tensor')).toBe('tensor.npy');
  expect(suggestName('a\u202eb/c', 'npy', 'tensor')).toBe('a_b_c.npy');
});

test('two versions are compared', async () => {
  const [a, b] = [other, best].map((id) => run.handles.handleOf(id));
  const diff = await result<DiffView>(await handlers.compareVersions({ a: a ?? 0, b: b ?? 0 }, from));
  expect(diff.tensors.changed).toHaveLength(32);
  expect(diff.metrics.map(({ key }) => key)).toContain('sharpe');
});

test('over a run, the norm of each layer is told, and no version is left out but those that are gone', async () => {
  const drift = await result<DriftView>(await handlers.measureRun({ runId: run.runId }, from));
  expect(drift.layers).toHaveLength(8);
  expect(drift.versions.length).toBeGreaterThan(20);
  expect(drift.first_nan).toBeNull();
});

test('over a run, versions are told as they are measured, and the work is cancelled between two of them', async () => {
  const { taskId } = await handlers.measureRun({ runId: run.runId }, from);
  const read = async () => {
    const { json } = await handlers.readParts({ taskId, from: 0 }, from);
    return JSON.parse(json) as MeasuredVersion<number>[];
  };
  await vi.waitFor(async () => expect(await read()).not.toEqual([]), { timeout: 30_000, interval: 5 });
  const [first] = await read();
  expect(first?.tensors).toHaveLength(8);
  expect(first?.tensors[0]).toEqual({
    name: 'model_state_dict.trunk.0.weight',
    norm: expect.any(Number),
    hasNan: false,
    hasInfinite: false,
  });
  session.works.cancel(taskId);
  expect(await handlers.awaitWork({ taskId }, from)).toEqual({ json: null });
});

test('once a run is closed, its versions are', async () => {
  const { contentsId } = await open();
  session.closeRun(run.runId);
  expect(() => handlers.measureTensors({ contentsId, tensors: null }, from)).toThrow('no longer open');
});
