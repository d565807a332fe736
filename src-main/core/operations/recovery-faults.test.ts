import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import type { Scenario } from './scenario.fixture.ts';
import { leftovers, recover, scenarios, view } from './scenarios.fixture.ts';

/** In the torture run all that an operation is tried with; a recovery tells few of them apart. */
const codes = process.env['CAIRN_TORTURE']
  ? ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EDQUOT', 'EMFILE', 'EXDEV', 'EPERM']
  : ['EIO', 'EPERM'];
const names = [
  'a save over another',
  'a save over another, without links',
  'a prune of three',
  'an undone prune',
  'a restore',
  'a prune of a folder',
];
const tried = scenarios.filter(({ name }) => names.includes(name));
let injected = 0;

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const intentsIn = (disk: MemoryDisk) => leftovers(disk).filter((path) => path.endsWith('.json'));

/** What tells one state of a run from another: its names, and how long the files are. */
function stateOf(disk: MemoryDisk): string {
  const plain = (path: string) => path.replace(/\.\d+\.\d+\.[0-9a-f]+\.tmp$/, '.tmp');
  const files = [...disk.files()].map(([path, { length }]) => `${plain(path)} ${length}`);
  return files.sort().join('\n');
}

/** The run as an operation leaves it that is killed at one call after the other, each state once, where there is something to recover. */
async function* killedRuns(start: MemoryDisk, { act }: Scenario) {
  const states = new Set<string>();
  for (let call = 1; ; call += 1) {
    const disk = start.copy();
    const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true });
    await act(faults).catch(() => undefined);
    if (faults.failed === 0) return;
    if (intentsIn(disk).length === 0 || states.has(stateOf(disk))) continue;
    states.add(stateOf(disk));
    yield { disk, call };
  }
}

async function callsOfRecovery(disk: MemoryDisk): Promise<readonly string[]> {
  const faults = new FaultDisk(disk.copy());
  await recover(faults);
  return faults.calls;
}

/** A recovery goes on where the list of checksums cannot be changed, and leaves it: that must hold up nobody. */
function viewButList(disk: MemoryDisk, scenario: Scenario): Record<string, string> {
  const files = Object.entries(view(disk, scenario));
  return Object.fromEntries(files.filter(([path]) => !path.endsWith('/SHA256SUMS')));
}

/** What is recovered once the disk works again is as it was, or as it was to be; then nothing is left to do. */
async function expectSettled(disk: MemoryDisk, scenario: Scenario, ends: Record<string, string>[]) {
  await recover(disk);
  const settled = viewButList(disk, scenario);
  expect(ends).toContainEqual(settled);
  expect(intentsIn(disk)).toEqual([]);
  await recover(disk);
  expect(viewButList(disk, scenario)).toEqual(settled);
}

/** A run that an operation left when it was killed, and whatever goes wrong with the recovery of it. */
async function failEachCall(killed: MemoryDisk, settled: (disk: MemoryDisk) => Promise<void>) {
  const calls = await callsOfRecovery(killed);
  const faults = codes.flatMap((code) =>
    calls.flatMap((_, index) => [false, true].map((forever) => ({ code, call: index + 1, forever }))),
  );
  const ends = new Set<string>();
  for (const fault of faults) {
    const disk = killed.copy();
    const failing = new FaultDisk(disk, fault);
    await recover(failing).catch(() => undefined);
    injected += failing.failed > 0 ? 1 : 0;
    if (ends.size === ends.add(disk.state).size) continue;
    await settled(disk).catch((cause: unknown) => {
      const when = fault.forever ? 'for ever from' : 'at';
      throw new Error(`${fault.code} ${when} call ${fault.call} of its recovery, ${calls[fault.call - 1]}`, {
        cause,
      });
    });
  }
}

describe.each(tried)('$name', (scenario) => {
  test('Recovery ends it, and needs nobody: whatever call of a recovery fails, the next one comes to one of its two ends', {
    timeout: 120_000,
  }, async () => {
    const start = await scenario.prepare();
    const done = start.copy();
    await scenario.act(done);
    await recover(done);
    const ends = [viewButList(start, scenario), viewButList(done, scenario)];
    let killed = 0;
    for await (const { disk, call } of killedRuns(start, scenario)) {
      killed += 1;
      await failEachCall(disk, (again) => expectSettled(again, scenario, ends)).catch((cause: unknown) => {
        throw new Error(`killed at call ${call}`, { cause });
      });
    }
    expect(killed).toBeGreaterThan(0);
  });
});

test('so many failures were injected into recoveries', () => {
  expect(injected).toBeGreaterThan(1000);
  console.info(
    `faults of recoveries: ${injected.toLocaleString('en')} injected, ${codes.length} error codes, ${tried.length} operations`,
  );
});
