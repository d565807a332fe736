import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { claimInFolder } from './claim-in-folder.ts';
import type { Verification } from './verification.ts';
import { verifyFile } from './verify-file.ts';

const kinds = ['vecnormalize', 'replay_buffer'] as const;
const sampleOf = (kind: string) => join(sampleRun, `rl_model_${kind}_10000_steps.pkl`);

/** A run in which one model was saved with what goes with it; `verify` reads it as `cairn verify` does. */
async function aRun() {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  const companions = kinds.map((kind) => ({ kind, path: sampleOf(kind) }));
  const source = { path: join(sampleRun, 'rl_model_10000_steps.zip') };
  const saved = await manager.saveBestModel({ source, companions, reward: 1 });
  const paths = saved.companions.map(({ id }) => join(run, id));
  const verify = async () => {
    await manager.look();
    const results: Verification[] = [];
    await manager.verify(null, (result) => void results.push(result));
    expect(results).toHaveLength(1);
    return results[0]?.integrity;
  };
  return { run, manager, saved, paths, verify };
}

function flipBit(path: string, place = statSync(path).size >> 1): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  writeFileSync(path, bytes);
}

test.each(kinds)(
  'a version of which the %s rotted is a mismatch, and says which file it is',
  async (kind) => {
    const { saved, paths, manager, verify } = await aRun();
    const at = kinds.indexOf(kind);
    const path = paths[at] ?? '';
    expect(await verify()).toMatchObject({ state: 'verified' });
    flipBit(path);
    const rotten = await verify();
    expect(rotten).toMatchObject({ state: 'mismatch', expected: saved.checksum, actual: null });
    expect(rotten?.detail).toMatch(new RegExp(`^${saved.companions[at]?.id}: `));
    // Without it, it is not what was trained: it is neither best nor newest.
    expect((await manager.best()).id).toBeNull();
    flipBit(path);
    expect(await verify()).toMatchObject({ state: 'verified', detail: null });
  },
);

test('one that was cut, or is gone, is told', async () => {
  const { saved, paths, verify } = await aRun();
  const [first = '', second = ''] = paths;
  const whole = readFileSync(first);
  for (const size of [whole.length - 1, whole.length >> 1, 0]) {
    truncateSync(first, size);
    const cut = await verify();
    expect([size, cut?.state, cut?.detail?.startsWith(`${saved.companions[0]?.id}: `)]).toEqual([
      size,
      'mismatch',
      true,
    ]);
  }
  writeFileSync(first, whole);
  rmSync(second);
  expect(await verify()).toMatchObject({
    state: 'mismatch',
    detail: `${saved.companions[1]?.id}: SHA256SUMS lists it, and it is missing`,
  });
});

test('all that will be read is counted', async () => {
  const { manager, saved } = await aRun();
  const bytes = saved.size + saved.companions.reduce((sum, { size }) => sum + size, 0);
  expect(manager.bytesToVerify([...manager.list()])).toBe(bytes);
  let read = 0;
  await manager.verify(null, () => undefined, { onBytes: (more) => (read += more) });
  expect(read).toBe(bytes);
});

test.runIf(process.platform === 'linux')(
  'one that a process still holds open to write is no fault yet',
  async () => {
    const { paths, verify } = await aRun();
    const [path = ''] = paths;
    flipBit(path);
    const held = openSync(path, 'r+');
    expect(await verify()).toMatchObject({ state: 'writing' });
    closeSync(held);
    expect(await verify()).toMatchObject({ state: 'mismatch' });
  },
);

test('where nothing is on record, the structure of what goes with a file still tells that it was cut', async () => {
  const folder = temporaryFolder();
  const [model, beside] = [
    join(folder, 'rl_model_10000_steps.zip'),
    join(folder, 'rl_model_vecnormalize_10000_steps.pkl'),
  ];
  copyFileSync(join(sampleRun, 'rl_model_10000_steps.zip'), model);
  copyFileSync(sampleOf('vecnormalize'), beside);
  const stateNow = async () => (await verifyFile(claimInFolder(model))).integrity;
  expect(await stateNow()).toMatchObject({ state: 'unsealed' });
  truncateSync(beside, statSync(beside).size - 20);
  expect(await stateNow()).toMatchObject({
    state: 'mismatch',
    detail: expect.stringMatching(/^rl_model_vecnormalize_10000_steps\.pkl: /),
  });
});
