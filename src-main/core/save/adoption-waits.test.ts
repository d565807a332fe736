import { chmodSync, mkdirSync, rmSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { put } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { AdoptionWaits } from './adoption-waits.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 15_000, interval: 50 };

test('what a version waits for is told once, and again once it is another thing', () => {
  const told: string[] = [];
  const waits = new AdoptionWaits((path, why) => void told.push(`${path}: ${why}`));
  const [torn, touched] = [
    { waitsFor: 'it is torn', isBrief: false },
    { waitsFor: 'it is touched', isBrief: true },
  ];
  for (const _ of [1, 2]) waits.met('/a', torn);
  expect(told).toEqual(['/a: it is torn']);
  for (let look = 0; look < 9; look += 1) waits.met('/b', touched);
  expect(told).toHaveLength(1);
  for (const _ of [1, 2]) waits.met('/b', touched);
  expect(told).toEqual(['/a: it is torn', '/b: it is touched']);
  waits.forget('/a');
  waits.met('/a', torn);
  expect(told.at(-1)).toBe('/a: it is torn');
});

test('a file that is not whole, and a model whose statistics are not there yet, are waited for aloud', async () => {
  const { folder, told, begin } = watchFolder('best');
  put(folder, 'half.pt', writeTorchZip([4]).subarray(0, 200));
  const bytes = (step: number) => writeTorchZip([step]);
  put(folder, 'rl_model_1000_steps.zip', bytes(1));
  put(folder, 'rl_model_vecnormalize_1000_steps.pkl', Buffer.from([0x80, 4, 0x4e, 0x2e]));
  put(folder, 'rl_model_2000_steps.zip', bytes(2));
  begin();
  const has = (text: RegExp) =>
    vi.waitFor(() => expect(told.waiting).toContainEqual(expect.stringMatching(text)), soon);
  await has(/^half\.pt: it is being written$/);
  await has(/^half\.pt: it is not whole: 200 bytes: the end of the archive is missing$/);
  await has(/^rl_model_2000_steps\.zip: .*VecNormalize.*: that may come, for 30 s after the model$/);
});

test('that the folder is gone is told, and it goes on once it is back', async () => {
  const { folder, told, begin } = watchFolder('best');
  put(folder, 'first.pt', writeTorchZip([1]));
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  rmSync(folder, { recursive: true });
  const gone = `${basename(folder)}: the folder was moved or removed, or its disk is gone`;
  await vi.waitFor(() => expect(told.waiting).toContain(gone), soon);
  mkdirSync(folder);
  put(folder, 'second.pt', writeTorchZip([2]));
  await vi.waitFor(() => expect(told.saved.map(({ from }) => from)).toEqual(['first.pt', 'second.pt']), soon);
  expect(told.failed).toEqual([]);
});

test('that a file is not what its sidecar says is told once, however often it is touched', async () => {
  const { folder, told, begin } = watchFolder('best');
  const path = put(folder, 'model.pt', writeTorchZip([4]));
  put(folder, 'model.json', JSON.stringify({ checksum: 'ab'.repeat(32) }));
  begin();
  await vi.waitFor(() => expect(told.waiting).toHaveLength(1), soon);
  const notWhole = /^model\.pt: it is not whole: /;
  expect(told.waiting[0]).toMatch(notWhole);
  for (const touched of [1, 2]) {
    utimesSync(path, touched, touched);
    const other = put(folder, `other-${touched}.pt`, writeTorchZip([touched]));
    // Versions are adopted one after another: what was touched before it was read before it.
    await vi.waitFor(() => expect(told.saved.map(({ from }) => join(folder, from))).toContain(other), soon);
  }
  // Any of them may have been met just as it was being written.
  expect(told.waiting.filter((why) => notWhole.test(why))).toHaveLength(1);
  expect(told.failed).toEqual([]);
});

test('a run that cannot be written to is not watched for, and that is said at once', async () => {
  const { run, folder, begin } = watchFolder('best');
  put(folder, 'model.pt', writeTorchZip([4]));
  chmodSync(run, 0o555);
  onTestFinished(() => chmodSync(run, 0o755));
  await expect(begin(false)()).rejects.toThrow(/^cannot write to .* — the run is read-only/);
});
