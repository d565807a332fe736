import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { verifyFile } from '../integrity/verify-file.ts';
import { type ManagerOptions, ModelManager } from '../model-manager.ts';
import { benchmark, counting } from './benchmark-run.fixture.ts';
import type { Evaluation } from './evaluation.ts';
import { functionEvaluator } from './evaluator.ts';
import { seeFiles } from './seen-files.ts';

const from = join(import.meta.dirname, '../../../e2e/fixtures/layouts/huggingface/checkpoint-500');
const folder = 'checkpoints/checkpoint-500';
const id = `${folder}/model.safetensors`;

async function open(root: string, options: ManagerOptions = {}): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {}, ...options });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const names = ['config.json', 'model.safetensors', 'trainer_state.json'];

/** A run of one folder that Cairn saved. */
async function saved() {
  const root = temporaryFolder();
  const manager = await open(root);
  const files = names.map((name) => ({ name, bytes: { path: join(from, name) } }));
  await manager.saveCheckpoint({ source: { folder: 'checkpoint-500', files }, reward: 1 });
  const record = join(root, folder, 'checkpoint-500.cairn.json');
  return { root, manager, record, text: readFileSync(record, 'utf8') };
}

/** As `manager` knows the version. */
function evaluationOf(manager: ModelManager): Evaluation {
  const [claim] = manager.claims([id]);
  if (!claim) throw new Error('no such version');
  const metrics = new Map([['sharpe', { values: new Map([[1, 2]]), perEpisode: [] }]]);
  const rest = {
    evaluator: 'eval {model}',
    evaluatorHash: 'ab',
    at: '2026-01-01T00:00:00.000Z',
    episodes: null,
  };
  return { id, files: seeFiles(claim), metrics, ...rest };
}

/** What reading every byte finds, by what is on record. @param manager that looks at it anew where there is none */
async function stateOf(root: string, manager?: ModelManager): Promise<string | undefined> {
  const [claim] = (manager ?? (await open(root))).claims([id]);
  return claim && (await verifyFile(claim)).integrity.state;
}

test('what was found of a folder that Cairn saved is in its own record, and the folder stays verified', async () => {
  const { root, manager, record } = await saved();
  const told = await manager.recordEvaluations([evaluationOf(manager)]);
  expect(told).toMatchObject({ recorded: [id], unrecorded: [] });
  expect(readFileSync(record, 'utf8')).toContain('"bench_sharpe": 2');
  expect(manager.version(id)).toMatchObject({
    metrics: { bench_sharpe: 2 },
    integrity: { state: 'verified' },
  });
  expect(manager.isRead(id)).toBe(true);
  expect(readdirSync(join(root, folder)).sort()).toEqual([...names, 'checkpoint-500.cairn.json'].sort());
  execFileSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: root });
  expect(await stateOf(root)).toBe('verified');
});

test('an undo takes it from the record of the folder, which is verified then too', async () => {
  const { root, manager, record, text } = await saved();
  await manager.recordEvaluations([evaluationOf(manager)]);
  await manager.undo();
  expect(readFileSync(record, 'utf8')).toBe(text);
  expect(await stateOf(root)).toBe('verified');
});

test('that a folder was measured makes it no other: its runs are not done again', async () => {
  const { root } = await saved();
  const { calls, evaluator } = counting();
  const order = { evaluator, ids: [id], seeds: [1], jobs: 1 };
  const { versions } = await benchmark(root, order);
  expect(versions[0]?.unrecorded).toBeNull();
  const again = await benchmark(root, order);
  expect([again.versions[0]?.unrecorded, again.versions[0]?.runs[0]?.reused]).toEqual([null, true]);
  expect(calls).toHaveLength(1);
});

test('a folder that another benchmark put its results into meanwhile gets these too, and stays verified', async () => {
  const { root } = await saved();
  const first = new AbortController();
  const isFirstDone = once(first.signal, 'abort');
  const later = functionEvaluator('later', async () => {
    await isFirstDone;
    return { later: 2 };
  });
  const order = { ids: [id], seeds: [1], jobs: 1 };
  const waiting = benchmark(root, { ...order, evaluator: later });
  await benchmark(root, { ...order, evaluator: functionEvaluator('one', () => ({ one: 1 })) });
  first.abort();
  expect((await waiting).versions[0]).toMatchObject({ ok: true, unrecorded: null });
  const manager = await open(root);
  expect(manager.version(id)).toMatchObject({
    metrics: { bench_one: 1, bench_later: 2 },
    integrity: { state: 'verified' },
  });
  expect(await stateOf(root)).toBe('verified');
});

test('what was found goes to the record of a folder in a run that has no list of checksums', async () => {
  const { root, manager, record } = await saved();
  rmSync(join(root, 'SHA256SUMS'));
  mkdirSync(join(root, 'SHA256SUMS'));
  await manager.look();
  expect(await manager.recordEvaluations([evaluationOf(manager)])).toMatchObject({ recorded: [id] });
  expect(readFileSync(record, 'utf8')).toContain('"bench_sharpe": 2');
  expect(await stateOf(root)).toBe('unsealed');
});

test('nothing is written into a folder that Cairn did not save, and that is said', async () => {
  const root = temporaryFolder();
  cpSync(from, join(root, folder), { recursive: true });
  const manager = await open(root);
  const { unrecorded } = await manager.recordEvaluations([evaluationOf(manager)]);
  expect(unrecorded).toEqual([
    { id, why: 'it is a folder that Cairn did not save, and nothing is written into such a one' },
  ]);
  expect(readdirSync(join(root, folder))).toEqual(readdirSync(from));
});

test('Records agree, or it is told: a record of a folder that is another one than was saved gets nothing', async () => {
  const { root, manager, record, text } = await saved();
  const { atime, mtime } = statSync(record);
  writeFileSync(record, text.replace('"reward": 1', '"reward": 5'));
  utimesSync(record, atime, mtime);
  await manager.look();
  const { recorded, unrecorded } = await manager.recordEvaluations([evaluationOf(manager)]);
  expect([recorded, unrecorded[0]?.why]).toEqual([[], expect.stringMatching(/^its sidecar changed/)]);
  expect(await stateOf(root)).toBe('mismatch');
});

test('A failure changes nothing: whatever call fails, the folder is verified, with its old record or the new one', async () => {
  const { root, record, text } = await saved();
  // What was written just now is looked at twice.
  for (const name of readdirSync(join(root, folder))) utimesSync(join(root, folder, name), 1e9, 1e9);
  for (let call = 1, failed = true; failed; call += 1) {
    const disk = new FaultDisk(realDisk, { call, code: 'EIO', forever: false });
    const manager = await open(root, { disk });
    await manager.recordEvaluations([evaluationOf(manager)]).catch(() => undefined);
    failed = disk.failed > 0;
    const after = await open(root);
    await after.recover();
    await after.look();
    expect([call, await stateOf(root, after)]).toEqual([call, 'verified']);
    if (readFileSync(record, 'utf8') !== text) await after.undo();
    expect([call, readFileSync(record, 'utf8')]).toEqual([call, text]);
  }
});
