import { rule } from '../../../formats/damage.ts';
import { formatCount } from '../../../formats/plain-text.ts';
import type { Source } from '../../../formats/source.ts';
import { readArchive } from '../../../formats/zip/read-archive.ts';
import type { Measurements } from '../layout.ts';
import { numpyMean, numpyStd } from './numpy-mean.ts';
import { type Numbers, readNumbers } from './read-numbers.ts';
import { type StepEvaluation, StepEvaluations } from './step-evaluations.ts';

/** More than `most numbers` of three arrays take, in bytes. */
const largest = 32 * 1024 * 1024;

/**
 * What EvalCallback keeps of its evaluations: `timesteps` (n), and the rewards, `results`, and lengths, `ep_lengths`, of the episodes of each (n ×
 * episodes). @throws Damage where it is anything else, or larger than is read
 */
export async function readEvaluations(source: Source): Promise<Measurements> {
  rule(source.size <= largest, () => `${formatCount(source.size)} bytes are more than are read of it`);
  const members = await readArchive(source);
  const timesteps = await readNumbers(source, members, 'timesteps');
  const results = await readNumbers(source, members, 'results');
  const lengths = await readNumbers(source, members, 'ep_lengths');
  rule(timesteps !== null && results !== null, 'it has no timesteps and results');
  rule(timesteps.shape.length === 1, 'its timesteps are no list');
  const steps = [...timesteps.values];
  const rewards = rowsOf(results, steps.length, 'results');
  const episodes = lengths && rowsOf(lengths, steps.length, 'ep_lengths');
  return new StepEvaluations(
    steps.map(
      (step, index): StepEvaluation => ({
        step,
        meanReward: numpyMean(rewards(index)),
        stdReward: numpyStd(rewards(index)),
        meanLength: episodes && numpyMean(episodes(index)),
      }),
    ),
  );
}

/** The row of each evaluation. */
function rowsOf({ shape, values }: Numbers, count: number, array: string): (index: number) => Float64Array {
  const [rows, episodes = 0] = shape;
  const fits = shape.length === 2 && rows === count && (episodes > 0 || count === 0);
  rule(
    fits,
    () => `its ${array} are ${shape.join(' × ')}, and not a row for each of ${formatCount(count)} timesteps`,
  );
  return (index) => values.subarray(index * episodes, (index + 1) * episodes);
}
