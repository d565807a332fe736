import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { copySample, sampleRun } from './catalog/measurements/evaluations.fixture.ts';
import { companionsAt, filesAt, idAt, open, soon, steps } from './companions.fixture.ts';
import type { ModelManager } from './model-manager.ts';

describe('a companion that contradicts its model', () => {
  const others = join(sampleRun, '../sb3-others');
  const toldOf = (manager: ModelManager) =>
    manager.versions().flatMap(({ id, problems }) => problems.map((problem) => [id, problem]));
  const trained = 'and it was trained for 20,000 steps';
  const statisticsProblem = `its VecNormalize statistics have seen 40,004 observations, ${trained}: they may go with rl_model_40000_steps`;

  /** Has VecNormalize statistics of a step count more observations than there were. */
  function countOn(path: string, step: number, more: number): void {
    const bytes = readFileSync(path);
    const counted = (count: number) => {
      const double = Buffer.alloc(8);
      double.writeDoubleBE(count);
      return double;
    };
    const at = bytes.indexOf(counted(step + 4.0001));
    counted(step + 4.0001 + more).copy(bytes, at);
    writeFileSync(path, bytes);
    expect(at).toBeGreaterThan(0);
  }

  test.each([
    ['vecnormalize', statisticsProblem],
    ['replay_buffer', `its replay buffer holds 9,996 steps, ${trained}: it may go with rl_model_10000_steps`],
  ] as const)('by its step is told of its version: %s', async (kind, problem) => {
    const run = copySample();
    const other = kind === 'vecnormalize' ? 40_000 : 10_000;
    cpSync(join(run, `rl_model_${kind}_${other}_steps.pkl`), join(run, `rl_model_${kind}_20000_steps.pkl`));
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(toldOf(manager)).toEqual([[idAt(20_000), problem]]);
    expect(manager.row(idAt(20_000))?.problems).toEqual([problem]);
    expect(manager.problems).toEqual([{ path: idAt(20_000), problem }]);
  });

  test.each([
    ['vecnormalize', 'its VecNormalize statistics are of observations of shape [3], and it takes [4]'],
    ['replay_buffer', 'its replay buffer is of observations of shape [3], and it takes [4]'],
  ] as const)('by the shape of observations is told of its version: %s', async (kind, problem) => {
    const run = copySample();
    cpSync(join(others, `${kind}_of_3.pkl`), join(run, `rl_model_${kind}_20000_steps.pkl`));
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(toldOf(manager)).toEqual([[idAt(20_000), problem]]);
    expect(manager.row(idAt(20_000))?.problems).toEqual([problem]);
  });

  test('by its step is not told where no version of that step is here', async () => {
    const run = copySample();
    const [own = '', other = ''] = [20_000, 40_000].map((step) => join(run, companionsAt(step)[0] ?? ''));
    cpSync(other, own);
    for (const name of filesAt(40_000)) rmSync(join(run, name));
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(toldOf(manager)).toEqual([]);
  });

  test('by its step is not told of what a second training went on with, though versions of that step are here', async () => {
    const run = copySample();
    // learn() counts steps anew, and what normalises goes on.
    for (const step of steps) countOn(join(run, companionsAt(step)[0] ?? ''), step, 20_000);
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(toldOf(manager)).toEqual([]);
  });

  test('by its step is told of both versions whose statistics were exchanged', async () => {
    const run = copySample();
    const [one = '', other = ''] = [20_000, 40_000].map((step) => join(run, companionsAt(step)[0] ?? ''));
    cpSync(one, `${one}.aside`);
    cpSync(other, one);
    renameSync(`${one}.aside`, other);
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(
      toldOf(manager)
        .map(([id]) => id)
        .sort(),
    ).toEqual([idAt(20_000), idAt(40_000)]);
  });

  test('is told of a version that a sidecar describes too', async () => {
    const run = copySample();
    writeFileSync(join(run, 'rl_model_20000_steps.json'), '{"version": 1}');
    cpSync(
      join(run, 'rl_model_vecnormalize_40000_steps.pkl'),
      join(run, 'rl_model_vecnormalize_20000_steps.pkl'),
    );
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(idAt(20_000))).toMatchObject({
      metadata_source: 'sidecar',
      problems: [statisticsProblem],
    });
    expect(toldOf(manager)).toEqual([[idAt(20_000), statisticsProblem]]);
    expect(manager.unaskedIds()).toEqual([]);
  });

  test('is told, and not any more, as it comes and goes in a run that is followed', async () => {
    const run = copySample();
    const [statistics = ''] = companionsAt(20_000);
    const manager = await open(run);
    manager.follow();
    const told = () => steps.filter((step) => (manager.row(idAt(step))?.problems.length ?? 0) > 0);
    const whole = readFileSync(join(run, statistics));
    cpSync(join(others, 'vecnormalize_of_3.pkl'), join(run, statistics));
    await vi.waitFor(() => expect(told()).toEqual([20_000]), soon);
    writeFileSync(join(run, statistics), whole);
    await vi.waitFor(() => expect(told()).toEqual([]), soon);
  });
});
