import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { unsyncedDisk } from '../files/unsynced-disk.fixture.ts';
import { type Act, act, interruptible, prepare, tellingCalls } from './interrupted-run.fixture.ts';
import { readIntents } from './recover-run.ts';
import { idsIn, modelsOf } from './swapped-folders.fixture.ts';

const taking = /^(?:create|append|mkdir|write|link)\b/;

/** Takes nothing while Cairn keeps its reserve there; from the n-th call on nothing succeeds, as if the process had been killed. */
function fullDisk(root: string, code: string, killedAt = Number.POSITIVE_INFINITY): FaultDisk {
  const disk = new FaultDisk(unsyncedDisk);
  disk.before = (call) => {
    const isFull = taking.test(call) && existsSync(join(root, '.cairn/reserve/0'));
    const error = disk.calls.length >= killedAt ? 'EIO' : isFull ? code : null;
    if (error !== null) throw Object.assign(new Error(error), { code: error });
  };
  return disk;
}

const rest: Act = async () => undefined;
/** Of a run that was written to before: only such a one has a reserve. */
const prepared = (before: readonly Act[]) => prepare([rest, ...before]);

test.each(interruptible.filter(([what]) => what.includes('prune')))(
  'Whole or not at all: %s on a full disk, killed at any call, comes to one end or the other',
  async (_, before, work) => {
    const done = await prepared(before);
    const models = modelsOf(done);
    const ends = [idsIn(done).sort()];
    const whole = fullDisk(done, 'ENOSPC');
    await act(done, whole, work);
    ends.push(idsIn(done).sort());
    expect(ends[0]).not.toEqual(ends[1]);
    for (const call of tellingCalls(whole.calls)) {
      const root = await prepared(before);
      await act(root, fullDisk(root, 'ENOSPC', call), work).catch(() => undefined);
      for (let time = 0; time < 3; time += 1) {
        await act(root, unsyncedDisk, rest);
        expect(ends).toContainEqual(idsIn(root).sort());
      }
      expect(modelsOf(root)).toEqual(models);
      expect(readdirSync(join(root, '.cairn/reserve'))).toHaveLength(16);
      expect(await readIntents(unsyncedDisk, root)).toEqual([]);
    }
  },
);

test('where the quota is used up the reserve is given up too, by whatever name the system calls that', async () => {
  const [, , prune = rest] = interruptible.find(([what]) => what === 'a prune') ?? [];
  for (const code of ['EDQUOT', 'Unknown system error -122']) {
    const root = await prepared([]);
    await act(root, fullDisk(root, code), prune);
    expect(idsIn(root).filter((id) => id.endsWith('.pt'))).toHaveLength(1);
  }
});
