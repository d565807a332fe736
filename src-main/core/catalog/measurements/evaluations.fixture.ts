import { cpSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { writeNpy } from '../../formats/fixtures/write-others.ts';
import { writeZip } from '../../formats/fixtures/write-zip.ts';

/** Written by build/sample-run/fixture_sb3_run.py, with what numpy says of it. */
export const sampleRun = join(import.meta.dirname, '../../../../e2e/fixtures/sb3-run');
export const numpySays = JSON.parse(readFileSync(join(sampleRun, '../sb3-run.expected.json'), 'utf8')) as {
  best: number;
  evaluations: { step: number; mean: number; std: number; length: number }[];
};

/** A copy of the sample run that lacks nothing: what its callback saves the best without stands beside that. */
export function copySample(): string {
  const run = copyAsWritten();
  const statistics = join(run, `rl_model_vecnormalize_${numpySays.best}_steps.pkl`);
  const beside = join(run, 'best_model.vecnormalize.pkl');
  cpSync(statistics, beside);
  utimesSync(beside, numpySays.best + 1, numpySays.best + 1);
  return run;
}

/** A copy of the sample run, its files as if they were written as training went on, long ago; git does not keep their times. */
export function copyAsWritten(): string {
  const run = join(temporaryFolder(), 'run');
  cpSync(sampleRun, run, { recursive: true });
  for (const name of readdirSync(run)) {
    const seconds = Number(/_(\d+)_steps/.exec(name)?.[1] ?? numpySays.best + 1);
    utimesSync(join(run, name), seconds, seconds);
  }
  return run;
}

/** An array as npy file, of one or two dimensions. */
export function npyOf(
  rows: readonly number[] | readonly (readonly number[])[],
  type: '<f8' | '<i8' = '<f8',
): Buffer {
  const [first] = rows;
  const shape = Array.isArray(first) ? `(${rows.length}, ${first.length})` : `(${rows.length},)`;
  const numbers = rows.flat();
  const data =
    type === '<f8' ? new Float64Array(numbers) : new BigInt64Array(numbers.map((each) => BigInt(each)));
  return writeNpy(`'${type}'`, shape, Buffer.from(data.buffer));
}

export function npzOf(arrays: Readonly<Record<string, Buffer>>): Buffer {
  return writeZip(Object.entries(arrays).map(([name, data]) => ({ name: `${name}.npy`, data })));
}

/** `evaluations.npz` with rewards of these episodes at these steps, each episode of 5 steps. */
export function evaluationsOf(rewards: Readonly<Record<number, readonly number[]>>): Buffer {
  const rows = Object.values(rewards);
  return npzOf({
    timesteps: npyOf(Object.keys(rewards).map(Number), '<i8'),
    results: npyOf(rows),
    ep_lengths: npyOf(
      rows.map((row) => row.map(() => 5)),
      '<i8',
    ),
  });
}
