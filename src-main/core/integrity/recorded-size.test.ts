import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { verifyFile } from './verify-file.ts';

/** A version without a checksum on record. @param size what its sidecar says of it; null for nothing */
function record(root: string, size: number | null): string {
  const file_size_bytes = size ?? undefined;
  return saveModel(root, 1, { sidecar: { checksum: undefined, file_size_bytes } });
}

async function open(root: string): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

async function verify(manager: ModelManager): Promise<void> {
  for (const claim of manager.claims(null)) manager.remember([await verifyFile(claim)]);
}

const wrong = { state: 'mismatch', cause: 'changed', detail: expect.stringContaining('of 999 bytes') };
const right = writeTorchZip([1]).length;

test('Records agree, or it is told: a file of another size than its sidecar says is a mismatch before and after it is read, and is not sealed', async () => {
  const root = temporaryFolder();
  const id = record(root, 999);
  const manager = await open(root);
  expect(manager.version(id)?.integrity).toMatchObject(wrong);
  await verify(manager);
  expect(manager.version(id)?.integrity).toMatchObject(wrong);
  const skipped: string[] = [];
  expect(await manager.seal({ onSkipped: ({ why }) => skipped.push(why) })).toEqual([]);
  expect(skipped).toEqual([expect.stringContaining('the size differs from the one on record')]);
});

test.each([
  { was: 999, is: right, state: 'unsealed' },
  { was: 999, is: null, state: 'unsealed' },
  { was: right, is: 999, state: 'mismatch' },
  { was: null, is: 999, state: 'mismatch' },
])('what was found goes by the size that is on record now: $was, then $is', async ({ was, is, state }) => {
  const root = temporaryFolder();
  const id = record(root, was);
  await verify(await open(root));
  const sidecar = { version: 1, reward: 0.1, ...(is === null ? {} : { file_size_bytes: is }) };
  put(root, id.replace('.pt', '.json'), JSON.stringify(sidecar));
  const manager = await open(root);
  expect(manager.version(id)?.integrity.state).toBe(state);
  await verify(manager);
  expect(manager.version(id)?.integrity.state).toBe(state);
});
