import { truncateSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { identityOf, lookAt } from '../files/file-identity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { BackgroundCheck, type StructureCandidate } from './background-check.ts';

const bytes = writeTorchZip([50]);
const soon = { timeout: 5000, interval: 20 };

function candidate(path: string, id: string): StructureCandidate {
  const status = lookAt(path);
  if (!status) throw new Error(`${path} is not there`);
  return {
    claim: { id, path, expected: null, recordedSize: bytes.length, previous: null },
    identity: identityOf(status),
  };
}

function start() {
  const found: string[] = [];
  const check = new BackgroundCheck((id, identity, { state }) =>
    found.push(`${id} ${identity.size} ${state}`),
  );
  onTestFinished(() => check.close());
  return { found, check };
}

test('torn files are found without anybody asking, each state of a file once', async () => {
  const { found, check } = start();
  const folder = temporaryFolder();
  const [whole, torn] = ['whole.pt', 'torn.pt'].map((name) => put(folder, name, bytes)) as [string, string];
  truncateSync(torn, 600);
  check.add([candidate(whole, 'whole.pt'), candidate(torn, 'torn.pt')]);
  await vi.waitFor(() => expect(found).toEqual(['torn.pt 600 torn']), soon);
  check.add([candidate(whole, 'whole.pt'), candidate(torn, 'torn.pt')]);
  truncateSync(whole, 500);
  check.add([candidate(whole, 'whole.pt')]);
  await vi.waitFor(() => expect(found).toEqual(['torn.pt 600 torn', 'whole.pt 500 torn']), soon);
}, 15_000);

test('a file that is still coming is left alone until it has settled; after the end nothing is told', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'a.pt', bytes.subarray(0, 500));
  check.add([candidate(path, 'a.pt')]);
  writeFileSync(path, bytes);
  check.add([candidate(path, 'a.pt')]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  truncateSync(path, 400);
  check.add([candidate(path, 'a.pt')]);
  check.close();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(found).toEqual([]);
});
