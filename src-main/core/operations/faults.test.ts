import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { newEnds } from '../files/power-cut.fixture.ts';
import type { Scenario } from './scenario.fixture.ts';
import { leftovers, recover, scenarios, view } from './scenarios.fixture.ts';

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EDQUOT', 'EMFILE', 'EXDEV', 'EPERM'];
let injected = 0;

beforeAll(() => {
  vi.useFakeTimers({ now: new Date('2026-01-02T03:04:05Z'), toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

interface Expectation {
  start: MemoryDisk;
  before: Record<string, string>;
  after: Record<string, string>;
  calls: readonly string[];
}

async function expectationOf(scenario: Scenario): Promise<Expectation> {
  const start = await scenario.prepare();
  const before = view(start, scenario);
  const disk = start.copy();
  const faults = new FaultDisk(disk);
  await scenario.act(faults);
  await recover(disk);
  return { start, before, after: view(disk, scenario), calls: faults.calls };
}

/** What the operation said: nothing, that it failed, or that it does not know. */
async function outcomeOf(act: () => Promise<unknown>): Promise<'done' | 'failed' | 'uncertain'> {
  try {
    await act();
    return 'done';
  } catch (error) {
    return String(error).includes('uncertain') ? 'uncertain' : 'failed';
  }
}

async function recoverThrice(disk: MemoryDisk, scenario: Scenario): Promise<void> {
  await recover(disk);
  const [state, names] = [view(disk, scenario), [...disk.files().keys()].sort()];
  for (let time = 0; time < 2; time += 1) {
    await recover(disk);
    expect(view(disk, scenario)).toEqual(state);
    expect([...disk.files().keys()].sort()).toEqual(names);
  }
}

async function inject(
  scenario: Scenario,
  expected: Expectation,
  fault: { code: string; call: number; forever: boolean },
  isNew: (outcome: string, disk: MemoryDisk) => boolean,
): Promise<void> {
  const disk = expected.start.copy();
  const faults = new FaultDisk(disk, fault);
  const outcome = await outcomeOf(() => scenario.act(faults));
  injected += faults.failed > 0 ? 1 : 0;
  const asBefore = outcome === 'failed' && !scenario.endsLater;
  if (asBefore) assertUntouched(disk, scenario, expected, fault.forever);
  if (!isNew(outcome, disk)) return;
  await recoverThrice(disk, scenario);
  expect(endsAfter(outcome, asBefore, expected)).toContainEqual(view(disk, scenario));
  expect(intentsIn(disk)).toEqual([]);
}

/** Even before a recovery; while the disk fails for good, a staged file cannot be removed. */
function assertUntouched(disk: MemoryDisk, scenario: Scenario, { before }: Expectation, forever: boolean) {
  expect(view(disk, scenario)).toEqual(before);
  expect(forever ? intentsIn(disk) : leftovers(disk)).toEqual([]);
}

function intentsIn(disk: MemoryDisk): string[] {
  return leftovers(disk).filter((path) => path.endsWith('.json'));
}

function endsAfter(outcome: string, asBefore: boolean, { before, after }: Expectation) {
  if (outcome === 'done') return [after];
  return asBefore ? [before] : [before, after];
}

describe.each(scenarios)('$name', (scenario) => {
  const isNew = newEnds();
  test.each(codes)(
    'A failure changes nothing: is done wholly or not at all, and says which, whatever call fails with %s',
    { timeout: 60_000 },
    async (code) => {
      const expected = await expectationOf(scenario);
      expect(expected.after).not.toEqual(expected.before);
      for (let call = 1; call <= expected.calls.length; call += 1) {
        for (const forever of [false, true])
          await inject(scenario, expected, { code, call, forever }, isNew).catch((error: unknown) => {
            const where = `${code} ${forever ? 'for ever from' : 'at'} call ${call}, ${expected.calls[call - 1]}`;
            throw new Error(where, { cause: error });
          });
      }
    },
  );

  test('Whole or not at all: is done where the disk takes half of each write, and gives half of each read', async () => {
    const { start, after } = await expectationOf(scenario);
    await scenario.act(new FaultDisk(start, null, true));
    await recover(start);
    expect(view(start, scenario)).toEqual(after);
  });
});

test('so many failures were injected', () => {
  expect(injected).toBeGreaterThan(8000);
  console.info(
    `faults: ${injected.toLocaleString('en')} injected, ${codes.length} error codes, ${scenarios.length} operations`,
  );
});
