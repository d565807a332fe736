import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { type Scenario, undoLast } from '../operations/scenario.fixture.ts';
import { leftovers, recover, savesInPlace, text, view } from '../operations/scenarios.fixture.ts';

const model = '/data/run/checkpoints/checkpoint.pt';
const sidecar = '/data/run/checkpoints/checkpoint.json';
const codes = ['ENOSPC', 'EIO', 'EACCES'];
let states = 0;
let torn = 0;

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

const textAt = (disk: MemoryDisk, path: string) => disk.files().get(path)?.toString() ?? null;

/** The disk as the save leaves it when it ends at a call; null when it was over before. */
async function endAt(scenario: Scenario, call: number, code: string, forever: boolean) {
  const disk = await scenario.prepare();
  const faults = new FaultDisk(disk, { call, code, forever });
  const error = await scenario.act(faults).then(() => null, String);
  return faults.failed > 0 ? { disk, error } : null;
}

async function* ends(scenario: Scenario, code: string, forever: boolean) {
  for (let call = 1; ; call += 1) {
    const end = await endAt(scenario, call, code, forever);
    if (!end) return;
    yield { ...end, call };
  }
}

/** Each recovered run that a power cut may leave, wherever it comes. */
async function* crashes(scenario: Scenario) {
  for await (const { disk, call } of ends(scenario, 'EPOWER', true))
    for (const state of disk.crashStates()) {
      await recover(state);
      yield { state, where: `cut at call ${call}` };
    }
}

/** A torn file of which the sidecar told the checksum of all the bytes would be found by verifying alone: it must not come to that. */
function toldBeforeItWas(disk: MemoryDisk): boolean {
  const bytes = Buffer.from(textAt(disk, model) ?? '');
  const told = /"checksum": ?"([0-9a-f]{64})"/.exec(textAt(disk, sidecar) ?? '')?.[1];
  return told !== undefined && told !== sha256(bytes);
}

describe.each<Scenario>(savesInPlace)('$name', (scenario) => {
  test('wherever the power is cut, the old bytes are kept, and none are told that are not there', async () => {
    const old = textAt(await scenario.prepare(), model);
    for await (const { state, where } of crashes(scenario)) {
      states += 1;
      const kept = [...state.files().values()].map(String);
      expect(old === null || kept.includes(old), `the old model, ${where}`).toBe(true);
      expect(toldBeforeItWas(state), `told before it was written, ${where}`).toBe(false);
      expect(leftovers(state).filter((path) => path.endsWith('.json'))).toEqual([]);
    }
  });

  test('a file that a power cut left torn is brought back by an undo', async () => {
    const old = textAt(await scenario.prepare(), model);
    for await (const { state, where } of crashes(scenario)) {
      if (old === null || [old, text].includes(textAt(state, model) ?? '')) continue;
      torn += 1;
      await undoLast(state);
      expect(textAt(state, model), where).toBe(old);
    }
  });

  test.each(codes)('a save that meets %s leaves everything as it was, or says what it left', async (code) => {
    const before = view(await scenario.prepare());
    for await (const { disk, error, call } of ends(scenario, code, false)) {
      if (error === null || /torn now|uncertain/.test(error)) continue;
      await recover(disk);
      expect(view(disk), `call ${call}: ${error}`).toEqual(before);
    }
  });
});

test('so many crash states were tried', () => {
  expect(states).toBeGreaterThan(500);
  expect(torn).toBeGreaterThan(0);
  console.info(`power cuts in saves in place: ${states} crash states; ${torn} were torn, and undone`);
});
