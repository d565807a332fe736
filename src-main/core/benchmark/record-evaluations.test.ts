import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeRun } from '../choices/judge-run.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { lookAt } from '../files/file-identity.ts';
import { put } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import type { ModelManager } from '../model-manager.ts';
import { keepWithinLimits } from '../trash/empty-trash.ts';
import { evaluationOf, id, open, sidecarText, verified, verify } from './evaluated-run.fixture.ts';

const problems = (manager: ModelManager) => manager.version(id)?.problems;

test('what it found is in the sidecar and ranks it; every other character stays', async () => {
  const { root, path, manager } = await verified();
  const told = await manager.recordEvaluations([evaluationOf(root, [1, 2, 3])]);
  expect(told).toMatchObject({ recorded: [id], unrecorded: [] });
  const text = readFileSync(path, 'utf8');
  for (const line of sidecarText.split('\n').filter((each) => !/metrics|evaluation/.test(each)))
    expect(text).toContain(line.replace(/,$/, ''));
  expect(text).toContain('{"sharpe": 2.0, "odd": NaN, "bench_sharpe": 2}');
  expect(text).toContain('{"theirs": [1.0, 2e0], "bench": {"sharpe": {"mean": 2, "std": 1, "ci95": [');
  expect(text).toContain('"bench_sharpe_per_seed": [1, 2, 3]');
  expect(manager.version(id)?.metrics).toMatchObject({ sharpe: 2, bench_sharpe: 2 });
  expect(manager.log().at(-1)).toMatchObject({ command: 'benchmark', ids: [id], operation: told.operation });
});

test('the model stays verified, and neither then nor after an undo is the sidecar said to have changed', async () => {
  const { root, path, manager } = await verified();
  const integrity = manager.version(id)?.integrity;
  const first = await manager.recordEvaluations([evaluationOf(root, [1, 2])]);
  await manager.recordEvaluations([evaluationOf(root, [5, 6])]);
  for (const each of [manager, await open(root)]) {
    expect(each.version(id)?.integrity).toEqual(integrity);
    await verify(each);
    expect(problems(each)).toEqual([]);
  }
  await manager.undo();
  expect((await manager.undo()).operation).toBe(first.operation);
  expect(readFileSync(path, 'utf8')).toBe(sidecarText);
  for (const again of [1, 2]) {
    const fresh = await open(root);
    const listed = fresh.listed(id);
    expect([again, listed && fresh.doubtOf(listed, true)]).toEqual([again, null]);
    await verify(fresh);
    expect(problems(fresh)).toEqual([]);
  }
});

const changed = expect.stringMatching(/^its sidecar changed since it was verified/);

/** Another text of the same time, as a bit that flips leaves it; or of another time, as an editor does. */
function rewrite(path: string, isRot: boolean): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(path, readFileSync(path, 'utf8').replace('1.0', '5.0'));
  if (isRot) utimesSync(path, atime, mtime);
  else utimesSync(path, 1e9, 1e9);
}

test.each([{ isRot: true }, { isRot: false }])(
  'Records agree, or it is told: a sidecar that changed since it was verified gets nothing, and stays one that changed; rot: $isRot',
  async ({ isRot }) => {
    const { root, path, manager } = await verified();
    rewrite(path, isRot);
    const text = readFileSync(path, 'utf8');
    for (const verifications of [0, 1]) {
      if (verifications > 0) await verify(manager);
      const told = await manager.recordEvaluations([evaluationOf(root, [1, 2])]);
      expect(told).toEqual({ recorded: [], unrecorded: [{ id, why: changed }], operation: null });
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
    await verify(manager);
    expect(problems(manager)).toEqual(isRot ? [changed] : []);
    const { recorded } = await manager.recordEvaluations([evaluationOf(root, [1, 2])]);
    expect(recorded).toEqual(isRot ? [] : [id]);
  },
  20_000,
);

test.each([{ undone: false }, { undone: true }])(
  'what Cairn wrote to a sidecar, or brought back, and then rots is never taken for good; undone: $undone',
  async ({ undone }) => {
    const { root, path, manager } = await verified();
    await manager.recordEvaluations([evaluationOf(root, [1, 2])]);
    if (undone) await verify(manager);
    if (undone) await manager.undo();
    rewrite(path, true);
    for (const _ of [1, 2, 3]) {
      await verify(manager);
      expect(problems(manager)).toEqual([changed]);
    }
  },
  20_000,
);

test('once the trash lets its sidecar go no version is said to be deleted', async () => {
  const { root, manager } = await verified();
  const { operation } = await manager.recordEvaluations([evaluationOf(root, [1, 2])]);
  const gone = await keepWithinLimits(realDisk, root, { age: null, bytes: 0, room: 0 });
  expect([gone.operations, gone.versions]).toEqual([[operation], []]);
});

test('what is on record already is not written again', async () => {
  const { root, manager } = await verified();
  await manager.recordEvaluations([evaluationOf(root, [1, 2])]);
  const before = lookAt(join(root, 'best_models/a.json'));
  expect(await manager.recordEvaluations([evaluationOf(root, [1, 2])])).toEqual({
    ...{ recorded: [id], unrecorded: [], operation: null },
  });
  expect(lookAt(join(root, 'best_models/a.json'))).toEqual(before);
});

test('the interval of the best is made from its seeds, else from its episodes', async () => {
  const { root, manager } = await verified();
  await manager.choose((choices) => ({ ...choices, metric: 'bench_sharpe' }));
  const record = (values: readonly number[], perEpisode: readonly number[]) => {
    const bySeed = new Map(values.map((value, seed) => [seed, value]));
    const metrics = new Map([['sharpe', { values: bySeed, perEpisode }]]);
    return manager.recordEvaluations([evaluationOf(root, [], { metrics })]);
  };
  await record([1, 2, 3], [0, 2, 1, 3, 2, 4]);
  expect((await judgeRun(manager)).interval).toMatchObject({ basis: '3 seeds on record' });
  await record([2], [0, 2, 4]);
  expect((await judgeRun(manager)).interval).toMatchObject({ basis: '3 episodes on record' });
  await record([7], []);
  expect((await judgeRun(manager)).interval).toBeNull();
});

test('metrics of different evaluators stand beside each other', async () => {
  const { root, manager } = await verified();
  await manager.recordEvaluations([evaluationOf(root, [1])]);
  const metrics = new Map([['win', { values: new Map([[0, 0.5]]), perEpisode: [] }]]);
  await manager.recordEvaluations([evaluationOf(root, [], { metrics, evaluator: 'other' })]);
  const { bench } = JSON.parse(
    readFileSync(join(root, 'best_models/a.json'), 'utf8').replace('NaN', '0'),
  ).evaluation_results;
  expect([bench.sharpe.evaluator, bench.win.evaluator]).toEqual(['eval {model}', 'other']);
});

test('a version whose sidecar cannot be kept to the letter is told, and the others have theirs', async () => {
  const { root, manager } = await verified();
  const add = (name: string, sidecar: string | Buffer | null) => {
    put(root, `best_models/${name}.pt`, writeTorchZip([1]));
    if (sidecar !== null) put(root, `best_models/${name}.json`, sidecar);
    return evaluationOf(root, [1], { id: `best_models/${name}.pt` });
  };
  const evaluations = [
    add('bare', null),
    add('list', '[]'),
    add('half', '{"a": '),
    add('bytes', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    add('cut', Buffer.from([0x7b, 0x22, 0xf0, 0x9f, 0x98, 0x22, 0x3a, 0x31, 0x7d])),
    add('numbers', '{"metrics": [1]}'),
    add('theirs', '{"metrics": {"bench_sharpe": 1}}'),
    add('index', '{"evaluation_results": {"bench": 0.1}}'),
    add('two', '{}'),
    add('later', '{}'),
    evaluationOf(root, [1]),
  ];
  put(root, 'best_models/two.ckpt', writeTorchZip([1]));
  put(root, 'best_models/later.pt', writeTorchZip([1, 2]));
  symlinkSync('a.json', put(root, 'best_models/link.pt', writeTorchZip([1])).replace('.pt', '.json'));
  const link = evaluationOf(root, [1], { id: 'best_models/link.pt' });
  const { recorded, unrecorded } = await manager.recordEvaluations([...evaluations, link]);
  expect(recorded).toEqual([id]);
  expect(unrecorded.map(({ id, why }) => [id.slice('best_models/'.length), why])).toEqual([
    ['bare.pt', 'it has no sidecar of its own'],
    ['list.pt', 'its sidecar is no JSON object in UTF-8'],
    ['half.pt', expect.stringMatching(/not valid JSON/)],
    ['bytes.pt', 'its sidecar is no JSON object in UTF-8'],
    ['cut.pt', 'its sidecar is no JSON object in UTF-8'],
    ['numbers.pt', 'its sidecar has metrics that are no object'],
    ['theirs.pt', 'its sidecar has a bench_sharpe that no benchmark wrote'],
    ['index.pt', 'its sidecar has bench that are no object'],
    ['two.pt', 'it has no sidecar of its own'],
    ['later.pt', 'its file changed since it was evaluated'],
    ['link.pt', expect.any(String)],
  ]);
});

test('Nothing foreign is touched: a sidecar that is written meanwhile stays as somebody else wrote it', async () => {
  const { root, path } = await verified();
  const theirs = sidecarText.replace('1.0', '9.0');
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (/^create .*\.sidecar|^create .*a\.json/.test(call)) writeFileSync(path, theirs);
  };
  const manager = await open(root, { disk });
  await expect(manager.recordEvaluations([evaluationOf(root, [1, 2])])).rejects.toThrow(/changed on disk/);
  expect(readFileSync(path, 'utf8')).toBe(theirs);
});

test('A failure changes nothing: whatever call fails, the sidecar is the old one or the new one, and nothing is left behind', async () => {
  const { root, path } = await verified();
  chmodSync(path, 0o640);
  for (let call = 1, failed = true; failed; call += 1) {
    writeFileSync(path, sidecarText);
    const disk = new FaultDisk(realDisk, { call, code: 'EIO', forever: false });
    const outcome = await (await open(root, { disk })).recordEvaluations([evaluationOf(root, [1, 2])]).then(
      ({ recorded }) => (recorded.length > 0 ? 'recorded' : 'told'),
      (error: Error) => (error.message.includes('uncertain') ? 'uncertain' : 'failed'),
    );
    failed = disk.failed > 0;
    await (await open(root)).recover();
    const text = readFileSync(path, 'utf8');
    const isNew = text.includes('"bench_sharpe": 1.5');
    expect([call, isNew || text === sidecarText]).toEqual([call, true]);
    if (outcome !== 'uncertain') expect([call, isNew]).toEqual([call, outcome === 'recorded']);
    expect(readdirSync(join(root, 'best_models')).sort()).toEqual(['a.json', 'a.pt']);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  }
  const fresh = await open(root);
  await verify(fresh);
  expect(problems(fresh)).toEqual([]);
});
