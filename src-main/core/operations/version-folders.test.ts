import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { newOnes } from '../files/power-cut.fixture.ts';
import { folderScenarios, foldersIn } from './folder-scenarios.fixture.ts';
import type { Scenario } from './scenario.fixture.ts';
import { recover, view } from './scenarios.fixture.ts';

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** Files, and folders with their modes, but for what Cairn keeps for itself. */
async function told(disk: MemoryDisk, scenario: Scenario): Promise<string> {
  const folders = await foldersIn(disk);
  const modes = await Promise.all(folders.map(async (path) => (await disk.lookAt(path))?.mode.toString(8)));
  const files = Object.entries(view(disk, scenario)).sort();
  return JSON.stringify([files, folders.map((path, index) => `${path} ${modes[index]}`)], null, 1);
}

async function recovered(disk: MemoryDisk, scenario: Scenario): Promise<string> {
  await recover(disk);
  return told(disk, scenario);
}

/** Every disk that a power cut at any call leaves, once. */
async function* cutStates(start: MemoryDisk, scenario: Scenario) {
  const newAmong = newOnes<MemoryDisk>();
  for (let call = 1; ; call += 1) {
    const disk = start.copy();
    const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true });
    await scenario.act(faults).catch(() => undefined);
    if (faults.failed === 0) return;
    for (const state of newAmong(disk.crashStates()))
      yield { state, where: `cut at call ${call}: ${faults.calls.at(-1)}` };
  }
}

/** Those of the version that goes or comes, as they are told. */
const folders =
  /checkpoint-5 750",\s*".*empty 777",\s*".*empty\/deep 500",\s*".*inner 700"|checkpoint-7 755",\s*".*inner 755"/;

describe.each(folderScenarios)('$name', (scenario) => {
  test('Whole or not at all: a folder that is a version goes, or comes back, with all of its files, wherever the power is cut', {
    timeout: 120_000,
  }, async () => {
    const start = await scenario.prepare();
    const before = await told(start, scenario);
    const done = start.copy();
    await scenario.act(done);
    const after = await recovered(done.copy(), scenario);
    expect(after).not.toBe(before);
    const [whole, without] = [before, after].sort((a) => (folders.test(a) ? -1 : 1));
    expect(whole).toMatch(folders);
    expect(without).not.toMatch(/"\/data\/run\/checkpoint-[57]/);
    let cuts = 0;
    for await (const { state, where } of cutStates(start, scenario)) {
      cuts += 1;
      const end = await recovered(state, scenario);
      expect([before, after], where).toContain(end);
      expect(await recovered(state, scenario), `recovered again, ${where}`).toBe(end);
    }
    for (const state of done.crashStates())
      expect(await recovered(state, scenario), 'acknowledged').toBe(after);
    expect(cuts).toBeGreaterThan(30);
  });
});
