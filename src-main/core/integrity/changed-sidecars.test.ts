import { cpSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { allowSidecar } from './remember-sidecar.ts';
import type { Verification } from './verification.ts';
import { VerificationLog } from './verification-log.ts';

const changed = expect.stringMatching(/^its sidecar changed since it was verified/);

async function open(root: string): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

async function save(root: string, reward: number, name?: string) {
  const bytes = writeTorchZip([reward]);
  const source = { chunks: [bytes], size: bytes.length };
  const request = { source, reward, prune: false, ...(name === undefined ? {} : { name }) };
  return (await (await open(root)).saveBestModel(request)).id;
}

/** A run of three versions that Cairn wrote; of the worst the sidecar says later that it is the best. */
async function steered(rot: boolean) {
  const root = temporaryFolder();
  const ids = [await save(root, 0.1, 'a.pt'), await save(root, 0.2, 'b.pt'), await save(root, 0.3, 'c.pt')];
  const sidecar = join(root, 'best_models/a.json');
  const { atime, mtime } = statSync(sidecar);
  const text = readFileSync(sidecar, 'utf8');
  writeFileSync(sidecar, text.replace('"reward": 0.1', '"reward": 4.1'));
  if (rot) utimesSync(sidecar, atime, mtime);
  else utimesSync(sidecar, 1e9, 1e9);
  return { root, ids, sidecar, text };
}

const problemsOf = (manager: ModelManager, id = '') => manager.version(id)?.problems;
const verify = (manager: ModelManager) => manager.verify(null, () => undefined);
const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' } as const;

test.each([{ rot: true }, { rot: false }])(
  'Records agree, or it is told: a sidecar that changed since Cairn wrote it is told, and moves nothing to the trash; rot: $rot',
  async ({ rot }) => {
    const { root, ids } = await steered(rot);
    const { plan } = await (await open(root)).prune(rules);
    expect(plan.decisions.find(({ id }) => id === ids[0])).toEqual({
      ...{ id: ids[0], keep: true },
      // It is the best for whoever asks for that, with a word on its record.
      reasons: [changed, 'the best intact version'],
    });
    expect(plan.decisions.filter(({ keep }) => !keep).map(({ id }) => id)).toEqual([ids[1]]);

    const manager = await open(root);
    await verify(manager);
    expect(problemsOf(manager, ids[0])).toEqual([changed]);
    expect(manager.version(ids[0] ?? '')?.integrity).toMatchObject({ state: 'verified', detail: changed });
    expect(manager.row(ids[0] ?? '')?.problems).toEqual([changed]);
    expect(problemsOf(await open(root), ids[0])).toEqual([changed]);
    expect(problemsOf(manager, ids[2])).toEqual([]);
  },
);

test.each([{ rot: true }, { rot: false }])(
  'an edited sidecar is taken for good once it is verified again, a rotten one never; rot: $rot',
  async ({ rot }) => {
    const { root, ids, sidecar, text } = await steered(rot);
    const manager = await open(root);
    await verify(manager);
    await verify(manager);
    expect(problemsOf(manager, ids[0])).toEqual(rot ? [changed] : []);
    writeFileSync(sidecar, text);
    if (rot) await verify(manager);
    if (rot) expect(problemsOf(manager, ids[0])).toEqual([]);
  },
);

test.each([{ rot: true }, { rot: false }])(
  'once the old sidecar is back it is good at once, however often the new one was seen changed; rot: $rot',
  async ({ rot }) => {
    const { root, ids, sidecar, text } = await steered(rot);
    const manager = await open(root);
    await verify(manager);
    writeFileSync(sidecar, text.replace('"reward": 0.1', '"reward": 5.1'));
    await verify(manager);
    expect(problemsOf(manager, ids[0])).toEqual([changed]);
    writeFileSync(sidecar, text);
    const { decisions } = await manager.planPrune(rules);
    expect(decisions.map(({ keep }) => keep)).toEqual([false, false, true]);
    await verify(manager);
    expect(problemsOf(manager, ids[0])).toEqual([]);
  },
);

test('a name whose reward is another than the sidecar’s beyond rounding is a problem, and keeps the version', async () => {
  const root = temporaryFolder();
  const [first, second, third] = [await save(root, 0.1), await save(root, 0.24999), await save(root, 0.3)];
  const sidecar = join(root, first.replace('.pt', '.json'));
  writeFileSync(sidecar, readFileSync(sidecar, 'utf8').replace('"reward": 0.1', '"reward": 4.1'));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  await manager.look();
  const why = 'its name and its sidecar give different rewards: 0.1 in the name, 4.1 in the sidecar';
  expect([first, second, third].map((id) => problemsOf(manager, id))).toEqual([[why], [], []]);
  const { decisions } = await manager.planPrune(rules);
  expect(decisions.map(({ keep }) => keep)).toEqual([true, false, true]);
});

test('Records agree, or it is told: a name whose number is another than the sidecar’s is a problem, and keeps the version', async () => {
  const root = temporaryFolder();
  const [first] = [await save(root, 0.1), await save(root, 0.2), await save(root, 0.3)];
  const sidecar = join(root, first.replace('.pt', '.json'));
  writeFileSync(sidecar, readFileSync(sidecar, 'utf8').replace('"version": 1', '"version": 8'));
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  await manager.look();
  expect(problemsOf(manager, first)).toEqual([
    'its name and its sidecar give different versions: 1 in the name, 8 in the sidecar, which counts',
  ]);
  const { decisions } = await manager.planPrune(rules);
  expect(decisions.map(({ id, keep }) => [id === first, keep])).toContainEqual([true, true]);
});

test('Records agree, or it is told: a list that has another checksum than the sidecar is a problem, and keeps the version', async () => {
  const root = temporaryFolder();
  const [first, second, third] = [await save(root, 0.1), await save(root, 0.2), await save(root, 0.3)];
  const checksumOf = (id: string) =>
    JSON.parse(readFileSync(join(root, id.replace('.pt', '.json')), 'utf8')).checksum;
  const list = `${'0'.repeat(64)}  ${first}\n${checksumOf(second).toUpperCase()}  ${second}\n`;
  writeFileSync(join(root, 'SHA256SUMS'), list);
  const manager = await open(root);
  const why = 'its sidecar and SHA256SUMS give different checksums';
  expect([first, second, third].map((id) => problemsOf(manager, id))).toEqual([[why], [], []]);
  await verify(manager);
  expect(manager.problems).toContainEqual({ path: first, problem: why });
  expect(manager.version(first)?.integrity).toMatchObject({ state: 'mismatch', detail: why });
  const { decisions } = await manager.planPrune(rules);
  expect(decisions.map(({ keep }) => keep)).toEqual([true, false, true]);
});

test('Records agree, or it is told: of two checksums one contradicts the bytes, so the version is not intact until they agree', async () => {
  const root = temporaryFolder();
  const [worse, best] = [await save(root, 0.1), await save(root, 0.2)];
  const list = join(root, 'SHA256SUMS');
  writeFileSync(list, `${'0'.repeat(64)}  ${best}\n`);
  const manager = await open(root);
  const found: Verification[] = [];
  await manager.verify([best], (result) => found.push(result));
  expect(found).toMatchObject([
    {
      integrity: {
        state: 'mismatch',
        detail: expect.stringMatching(
          /^its bytes have the checksum in its sidecar, and SHA256SUMS gives another/,
        ),
      },
    },
  ]);
  expect((await manager.best()).id).toBe(worse);
  await expect(manager.loadModel({ id: best })).rejects.toThrow('give different checksums');
  rmSync(list);
  expect((await manager.best()).id).toBe(best);
  expect((await (await open(root)).best()).id).toBe(best);
});

test.each([
  ['of what is read next', false],
  ['of what was just read, and is not remembered yet', true],
])(
  'a sidecar that somebody else put there, and remembered, while a run is verified is believed: %s',
  async (_, isOwn) => {
    const root = temporaryFolder();
    const ids = [await save(root, 0.1, 'a.pt'), await save(root, 0.2, 'b.pt')];
    const manager = await open(root);
    await verify(manager);
    let other = '';
    const others = new VerificationLog(manager.bookkeeping);
    await manager.verify(
      ids,
      ({ id }) => {
        if (other !== '') return;
        other = ids.find((each) => (each === id) === isOwn) ?? '';
        const sidecar = join(root, other.replace('.pt', '.json'));
        const text = readFileSync(sidecar, 'utf8').replace('{', '{ "bench_score": 1,');
        const known = others.get(other) ?? expect.unreachable();
        others.remember([allowSidecar(known, [{ text, mtimeMs: 1e12 }])]);
        writeFileSync(sidecar, text);
      },
      { jobs: 1 },
    );
    expect(problemsOf(manager, other)).toEqual([]);
    expect(manager.version(other)?.integrity).toMatchObject({ state: 'verified', detail: null });
    const later = await open(root);
    expect(problemsOf(later, other)).toEqual([]);
    await verify(later);
    expect(problemsOf(later, other)).toEqual([]);
  },
);

test('a run that was copied and verified there still knows what Cairn wrote: an undo may bring it back', async () => {
  const root = temporaryFolder();
  const id = await save(root, 0.1, 'a.pt');
  const manager = await open(root);
  await verify(manager);
  const sidecar = 'best_models/a.json';
  const old = readFileSync(join(root, sidecar), 'utf8');
  const text = old.replace('{', '{ "bench_score": 1,');
  const log = new VerificationLog(manager.bookkeeping);
  const known = log.get(id) ?? expect.unreachable();
  log.remember([
    allowSidecar(known, [
      { text, mtimeMs: 1e12 },
      { text: old, mtimeMs: 2e12 },
    ]),
  ]);
  writeFileSync(join(root, sidecar), text);
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  await verify(await open(copy));
  writeFileSync(join(copy, sidecar), old);
  const copied = await open(copy);
  await verify(copied);
  expect(problemsOf(copied, id)).toEqual([]);
  writeFileSync(join(copy, sidecar), old.replace('"reward": 0.1', '"reward": 4.1'));
  await verify(copied);
  expect(problemsOf(copied, id)).toEqual([changed]);
});
