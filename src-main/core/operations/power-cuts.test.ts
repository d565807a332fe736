import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { newOnes } from '../files/power-cut.fixture.ts';
import type { Scenario } from './scenario.fixture.ts';
import { recover, scenarios, view } from './scenarios.fixture.ts';

/** Of the calls of a recovery, each is cut in the torture run; else every so many-th, from another one each time. */
const stride = process.env['CAIRN_TORTURE'] ? 1 : 7;
let states = 0;
let compound = 0;

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

/** What a scenario may leave, as text that can be compared. */
interface Ends {
  start: MemoryDisk;
  done: MemoryDisk;
  before: string;
  after: string;
}

async function endsOf(scenario: Scenario): Promise<Ends> {
  const start = await scenario.prepare();
  const done = start.copy();
  await scenario.act(done);
  const settled = done.copy();
  await recover(settled);
  return { start, done, before: textOf(start, scenario), after: textOf(settled, scenario) };
}

function textOf(disk: MemoryDisk, scenario: Scenario): string {
  return JSON.stringify(Object.entries(view(disk, scenario)).sort(), null, 1);
}

/** The disk as an operation that ends at a call leaves it; null when it was over before. */
async function cutAt(start: MemoryDisk, call: number, act: Scenario['act']): Promise<MemoryDisk | null> {
  const disk = start.copy();
  const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true });
  await act(faults).catch(() => undefined);
  return faults.failed > 0 ? disk : null;
}

/** Each disk that operations leave that are cut off at a call, once, with the number of it. */
async function* cuts(start: MemoryDisk, act: Scenario['act'], first = 1, step = 1) {
  const newAmong = newOnes<MemoryDisk>();
  for (let call = first; ; call += step) {
    const cut = await cutAt(start, call, act);
    if (!cut) return;
    for (const disk of newAmong([cut])) yield { call, disk };
  }
}

/** Each disk that is left where the power is cut during an operation, once. */
async function* statesAfterOne(start: MemoryDisk, act: Scenario['act']) {
  const newAmong = newOnes<MemoryDisk>();
  for await (const { call, disk } of cuts(start, act))
    for (const state of newAmong(disk.crashStates())) yield { call, state };
}

/** The same where an operation is cut off, and then the recovery of it. */
async function* statesAfterTwo(start: MemoryDisk, act: Scenario['act']) {
  const newAmong = newOnes<MemoryDisk>();
  for await (const first of cuts(start, act))
    for await (const { call, disk } of cuts(first.disk, recover, 1 + (first.call % stride), stride))
      for (const state of newAmong(disk.crashStates())) yield { call: `${first.call} and ${call}`, state };
}

async function assertEnds(state: MemoryDisk, scenario: Scenario, ends: readonly string[], where: string) {
  await recover(state);
  const now = textOf(state, scenario);
  expect(ends.includes(now), `${where}: ${now}`).toBe(true);
}

describe.each(scenarios)('$name', (scenario) => {
  test('Whole or not at all: is there wholly or not at all, wherever the power is cut', {
    timeout: 7_200_000,
  }, async () => {
    const { start, done, before, after } = await endsOf(scenario);
    for await (const { call, state } of statesAfterOne(start, scenario.act)) {
      states += 1;
      await assertEnds(state, scenario, [before, after], `cut at call ${call}`);
      await assertEnds(state, scenario, [textOf(state, scenario)], `recovered again, cut at call ${call}`);
    }
    for (const state of done.crashStates()) await assertEnds(state, scenario, [after], 'acknowledged');
  });

  test('Whole or not at all: is there wholly or not at all where files are numbered anew after the cut', {
    timeout: 7_200_000,
  }, async () => {
    const { start, before, after } = await endsOf(scenario);
    for await (const { call, state } of statesAfterOne(start, scenario.act))
      await assertEnds(state.remounted(), scenario, [before, after], `cut at call ${call}`);
  });

  test('Recovery ends it, and needs nobody: is ended by a recovery that is cut off too, wherever', {
    timeout: 7_200_000,
  }, async () => {
    const { start, before, after } = await endsOf(scenario);
    for await (const { call, state } of statesAfterTwo(start, scenario.act)) {
      compound += 1;
      await assertEnds(state, scenario, [before, after], `cut at calls ${call}`);
    }
  });
});

test('so many crash states were tried', () => {
  console.info(`power cuts: ${states} crash states, ${compound} after a second cut during recovery`);
  expect(states).toBeGreaterThan(5000);
  expect(compound).toBeGreaterThan(5000);
});
