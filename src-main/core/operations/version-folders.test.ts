import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { folderScenarios, foldersIn, recover, type Scenario, view } from './scenarios.fixture.ts';

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** Files, and the folders that they are in, but for what Cairn keeps for itself. */
async function told(disk: MemoryDisk, scenario: Scenario): Promise<string> {
  return JSON.stringify([Object.entries(view(disk, scenario)).sort(), await foldersIn(disk)], null, 1);
}

async function recovered(disk: MemoryDisk, scenario: Scenario, where = 'at the end'): Promise<string> {
  await recover(disk);
  const files = [...disk.files().keys()];
  for (const folder of await foldersIn(disk))
    expect(
      files.some((path) => path.startsWith(`${folder}/`)),
      `something is in ${folder} ${where}`,
    ).toBe(true);
  return told(disk, scenario);
}

/** Every disk that a power cut at any call leaves. */
async function* cutStates(start: MemoryDisk, scenario: Scenario) {
  for (let call = 1; ; call += 1) {
    const disk = start.copy();
    const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true });
    await scenario.act(faults).catch(() => undefined);
    if (faults.failed === 0) return;
    for (const state of disk.crashStates())
      yield { state, where: `cut at call ${call}: ${faults.calls.at(-1)}` };
  }
}

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
    let cuts = 0;
    for await (const { state, where } of cutStates(start, scenario)) {
      cuts += 1;
      const end = await recovered(state, scenario, where);
      expect([before, after], where).toContain(end);
      expect(await recovered(state, scenario), `recovered again, ${where}`).toBe(end);
    }
    for (const state of done.crashStates())
      expect(await recovered(state, scenario), 'acknowledged').toBe(after);
    expect(cuts).toBeGreaterThan(30);
  });
});
