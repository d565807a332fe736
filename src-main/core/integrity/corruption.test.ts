import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { readRun } from '../catalog/read-run.ts';
import { saveModel, sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { sidecarChanged } from './remember-sidecar.ts';
import type { Claim } from './verification.ts';
import { verifyFile } from './verify-file.ts';

/** Nobody writes here: there is nothing to wait for before a second look. */
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

/** Every so many-th bit and length; in the torture run every single one. */
const [bitStep, lengthStep, sidecarStep, cleanRuns] = process.env['CAIRN_TORTURE']
  ? [1, 1, 1, 10_000]
  : [97, 37, 5, 2000];
const broken = ['torn', 'mismatch'];
const told: string[] = [];

/** 64 KiB and a little: the least that has so many bytes between its headers. */
const model = writeTorchZip(Array.from({ length: 61 }, () => 255));

function plantModel() {
  const path = put(temporaryFolder(), 'm.pt', model);
  const claim = { id: 'm.pt', path, expected: sha256(model), recordedSize: model.length, previous: null };
  const file = openSync(path, 'r+');
  return { file, stateOf: async () => (await verifyFile(claim)).integrity.state };
}

test('Records agree, or it is told: every bit of a model that flips is noticed', {
  timeout: 3_600_000,
}, async () => {
  expect(model.length).toBeGreaterThanOrEqual(64 * 1024);
  const { file, stateOf } = plantModel();
  let flips = 0;
  const unnoticed: number[] = [];
  for (let bit = 0; bit < model.length * 8; bit += bitStep) {
    const byte = model[bit >> 3] ?? 0;
    writeSync(file, Uint8Array.of(byte ^ (1 << (bit & 7))), 0, 1, bit >> 3);
    if (!broken.includes(await stateOf())) unnoticed.push(bit);
    writeSync(file, Uint8Array.of(byte), 0, 1, bit >> 3);
    flips += 1;
  }
  expect(await stateOf()).toBe('verified');
  closeSync(file);
  expect(unnoticed).toEqual([]);
  told.push(`${flips} of ${model.length * 8} bits of a model`);
});

test('every length that a model is cut to is noticed', { timeout: 3_600_000 }, async () => {
  const { file, stateOf } = plantModel();
  let cuts = 0;
  const unnoticed: number[] = [];
  for (let length = model.length - 1; length >= 0; length -= lengthStep) {
    ftruncateSync(file, length);
    if (!broken.includes(await stateOf())) unnoticed.push(length);
    cuts += 1;
  }
  closeSync(file);
  expect(unnoticed).toEqual([]);
  told.push(`${cuts} of ${model.length} lengths`);
});

test('a sound model is never called broken', { timeout: 3_600_000 }, async () => {
  const { file, stateOf } = plantModel();
  for (let run = 0; run < cleanRuns; run += 1) expect(await stateOf()).toBe('verified');
  closeSync(file);
  told.push(`${cleanRuns} verifications of a sound one`);
});

test('whatever bit of a sidecar flips, a model passes for verified only by the checksum of its bytes', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  const actual = sha256(readFileSync(join(run, id)));
  const path = join(run, id.replace('.pt', '.json'));
  const sound = readFileSync(path);
  let flips = 0;
  for (let bit = 0; bit < sound.length * 8; bit += 1) {
    const flipped = Buffer.from(sound);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    put(run, id.replace('.pt', '.json'), flipped);
    let expected: string | null = null;
    await readRun(run, defaultStorageConfig, ({ versions }) => {
      expected = versions.find((version) => version.id === id)?.checksum ?? expected;
    });
    const { integrity } = await verifyFile({
      id,
      path: join(run, id),
      expected,
      recordedSize: null,
      previous: null,
    });
    expect(integrity.state === 'verified', `bit ${bit}`).toBe(expected === actual);
    flips += 1;
  }
  told.push(`${flips} bits of a sidecar`);
});

/** What is told of a version beside its state: problems of it and of the run, and of its sidecar when it is verified. */
async function toldOf(run: string, claim: Claim): Promise<string[]> {
  const problems: string[] = [];
  let expected: string | null = null;
  await readRun(run, defaultStorageConfig, (reading) => {
    problems.push(...reading.problems.map(({ problem }) => problem));
    expected = reading.versions.find(({ id }) => id === claim.id)?.checksum ?? expected;
  });
  const { integrity } = await verifyFile({ ...claim, expected });
  if (broken.includes(integrity.state)) problems.push(integrity.state);
  if (integrity.detail === sidecarChanged) problems.push(sidecarChanged);
  return problems;
}

test('Records agree, or it is told: every bit of a sidecar that Cairn wrote, and every length it is cut to, is noticed', {
  timeout: 3_600_000,
}, async () => {
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  const { id } = await manager.saveBestModel({
    source: { chunks: [model], size: model.length },
    reward: 0.5,
  });
  await manager.look();
  const [claim] = manager.claims([id]);
  if (!claim) expect.unreachable();
  const name = id.replace('.pt', '.json');
  const sound = readFileSync(join(run, name));
  const unnoticed: string[] = [];
  let [flips, cuts] = [0, 0];
  for (let bit = 0; bit < sound.length * 8; bit += sidecarStep) {
    const flipped = Buffer.from(sound);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    put(run, name, flipped);
    if ((await toldOf(run, claim)).length === 0) unnoticed.push(`bit ${bit}`);
    flips += 1;
  }
  for (let length = sound.length - 1; length >= 0; length -= sidecarStep) {
    put(run, name, sound.subarray(0, length));
    if ((await toldOf(run, claim)).length === 0) unnoticed.push(`length ${length}`);
    cuts += 1;
  }
  put(run, name, sound);
  expect(await toldOf(run, claim)).toEqual([]);
  expect(unnoticed).toEqual([]);
  told.push(`${flips} of ${sound.length * 8} bits of a sidecar of ours, ${cuts} of ${sound.length} lengths`);
});

afterAll(() => console.info(`corruption: ${told.join(', ')}; all noticed, no false alarm`));
