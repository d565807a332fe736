import { statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { identityOf, lookAt } from '../files/file-identity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchNotes } from '../formats/fixtures/write-notes.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { BackgroundCheck } from './background-check.ts';
import type { LookCandidate } from './look-into-candidates.ts';

const bytes = writeTorchZip([50]);
const soon = { timeout: 15_000, interval: 20 };

function candidate(path: string, id: string): LookCandidate {
  const status = lookAt(path);
  if (!status) throw new Error(`${path} is not there`);
  return {
    claim: { id, path, expected: null, recordedSize: bytes.length, previous: null, isUnasked: false },
    identity: identityOf(status),
    companionState: 0,
  };
}

function start() {
  const found: string[] = [];
  const lookedInto: string[] = [];
  const check = new BackgroundCheck(
    (some) => {
      for (const { id, identity, fault, own } of some)
        found.push(`${id} ${identity.size} ${fault?.state ?? own?.metadata?.reward ?? 'nothing'}`);
    },
    (ids) => lookedInto.push(...ids),
  );
  onTestFinished(() => check.close());
  return { found, lookedInto, check };
}

/** Cuts a file off, long ago. */
function cut(path: string, size: number): void {
  truncateSync(path, size);
  utimesSync(path, 1000, 1000);
}

test('torn files are found without anybody asking, each state of a file once', async () => {
  const { found, check } = start();
  const folder = temporaryFolder();
  const [whole, torn] = ['whole.pt', 'torn.pt'].map((name) => put(folder, name, bytes)) as [string, string];
  cut(torn, 600);
  check.add([candidate(whole, 'whole.pt'), candidate(torn, 'torn.pt')]);
  await vi.waitFor(() => expect(found).toEqual(['torn.pt 600 torn']), soon);
  check.add([candidate(whole, 'whole.pt'), candidate(torn, 'torn.pt')]);
  cut(whole, 500);
  check.add([candidate(whole, 'whole.pt')]);
  await vi.waitFor(() => expect(found).toEqual(['torn.pt 600 torn', 'whole.pt 500 torn']), soon);
});

test('of each file it is told that it was looked into, whatever was found; of one that is known already no look is due', async () => {
  const { found, lookedInto, check } = start();
  const folder = temporaryFolder();
  const [whole, torn] = ['whole.pt', 'torn.pt'].map((name) => put(folder, name, bytes)) as [string, string];
  truncateSync(torn, 600);
  const candidates = [candidate(whole, 'whole.pt'), candidate(torn, 'torn.pt')];
  expect([...check.add(candidates)]).toEqual(['whole.pt', 'torn.pt']);
  await vi.waitFor(() => expect(lookedInto).toEqual(['whole.pt', 'torn.pt']), soon);
  expect(found).toEqual(['torn.pt 600 writing']);
  expect([...check.add(candidates)]).toEqual([]);
});

test('files are not waited for: those that came first are looked into while others keep coming', async () => {
  const { lookedInto, check } = start();
  const path = put(temporaryFolder(), 'whole.pt', bytes);
  let count = 0;
  const coming = setInterval(() => {
    count += 1;
    check.add([candidate(path, `${count}.pt`)]);
  }, 20);
  onTestFinished(() => clearInterval(coming));
  await vi.waitFor(() => expect(lookedInto).toContain('1.pt'), soon);
});

test('is done once nothing is looked into any more, nor waits for it', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'torn.pt', bytes);
  cut(path, 600);
  expect(check.isDone).toBe(true);
  check.add([candidate(path, 'torn.pt')]);
  expect(check.isDone).toBe(false);
  await vi.waitFor(() => expect(check.isDone).toBe(true), soon);
  expect(found).toEqual(['torn.pt 600 torn']);
});

test('of many files that are there at first a few thousand at a time are asked for, and each is looked into', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'torn.pt', bytes);
  cut(path, 600);
  const torn = candidate(path, 'torn.pt');
  let asked = 0;
  const ofMany = function* () {
    while (asked < 6_000) {
      asked += 1;
      yield { ...torn, claim: { ...torn.claim, id: `${asked}.pt` } };
    }
  };
  check.addInTurn(ofMany());
  expect(asked).toBe(5000);
  await vi.waitFor(() => expect(found).toHaveLength(6_000), { timeout: 50_000, interval: 50 });
  expect(new Set(found)).toHaveLength(6_000);
});

test('a file is looked at again when another checksum is on record', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'a.pt', bytes);
  cut(path, 600);
  const one = candidate(path, 'a.pt');
  check.add([one]);
  await vi.waitFor(() => expect(found).toHaveLength(1), soon);
  check.add([{ ...one, claim: { ...one.claim, expected: 'a'.repeat(64) } }]);
  await vi.waitFor(() => expect(found).toHaveLength(2), soon);
});

test('a broken file that was modified just now is being written, until its end has had four seconds to come', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'a.pt', bytes.subarray(0, 600));
  check.add([candidate(path, 'a.pt')]);
  await vi.waitFor(() => expect(found).toEqual(['a.pt 600 writing']), soon);
  await vi.waitFor(() => expect(found).toEqual(['a.pt 600 writing', 'a.pt 600 torn']), soon);
  expect(Date.now() - statSync(path).mtimeMs).toBeGreaterThanOrEqual(4000);
});

test('one whose end comes meanwhile was never torn', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'a.pt', bytes.subarray(0, 600));
  check.add([candidate(path, 'a.pt')]);
  await vi.waitFor(() => expect(found).toEqual(['a.pt 600 writing']), soon);
  writeFileSync(path, writeTorchNotes({ metadata: { reward: 3 } }));
  const whole = candidate(path, 'a.pt');
  check.add([{ ...whole, claim: { ...whole.claim, isUnasked: true } }]);
  await vi.waitFor(() => expect(found).toHaveLength(2), soon);
  expect(found).toEqual(['a.pt 600 writing', `a.pt ${whole.identity.size} 3`]);
});

test('a file without a sidecar is asked what it says, also when it lost its sidecar after it was looked at', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'a.pt', writeTorchNotes({ metadata: { reward: 3 } }));
  utimesSync(path, 1000, 1000);
  const described = candidate(path, 'a.pt');
  const bare = { ...described, claim: { ...described.claim, isUnasked: true } };
  check.add([described]);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(found).toEqual([]);
  for (const again of [bare, bare, described]) check.add([again]);
  await vi.waitFor(() => expect(found).toHaveLength(1), soon);
  check.add([bare]);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(found).toEqual([`a.pt ${described.identity.size} 3`]);
});

test('nothing is said of a file that is another by the time it is looked at', async () => {
  const { found, check } = start();
  const path = put(temporaryFolder(), 'a.pt', bytes.subarray(0, 500));
  utimesSync(path, 1000, 1000);
  check.add([candidate(path, 'a.pt')]);
  cut(path, 400);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(found).toEqual([]);
});

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
