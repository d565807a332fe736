import { Damage, rule } from '../../formats/damage.ts';
import { formatCount } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import type { Member } from '../../formats/zip/read-archive.ts';
import { readArchive } from '../../formats/zip/read-archive.ts';
import { logOfEvaluations, type StepEvaluation } from './log-of-evaluations.ts';
import type { MetricLog } from './metric-log.ts';
import { numpyMean, numpyStd } from './numpy-mean.ts';
import { type Numbers, readNumbers } from './read-numbers.ts';

/** More than `most numbers` of three arrays take, in bytes. */
const largest = 32 * 1024 * 1024;

/**
 * What EvalCallback keeps of its evaluations: `timesteps` (n), and of the episodes of each (n × episodes) the rewards, `results`, lengths,
 * `ep_lengths`, and, where the environment tells, whether they met their goal, `successes`. @throws Damage where it is anything else, or larger than is
 * read; successes that cannot be read are left out
 */
export async function readEvaluations(source: Source): Promise<MetricLog> {
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
  const { successes, notes } = await readSuccesses(source, members, steps.length);
  return logOfEvaluations(
    steps.map(
      (step, index): StepEvaluation => ({
        step,
        rewards: rewards(index),
        meanReward: numpyMean(rewards(index)),
        stdReward: numpyStd(rewards(index)),
        meanLength: episodes && numpyMean(episodes(index)),
        successRate: successes && numpyMean(successes(index)),
      }),
    ),
    notes,
  );
}

/** Where only some episodes told whether they met their goal, NumPy keeps objects, which nothing here makes anything of. */
async function readSuccesses(
  source: Source,
  members: readonly Member[],
  count: number,
): Promise<{ successes: Row | null; notes: string[] }> {
  try {
    const numbers = await readNumbers(source, members, 'successes');
    return { successes: numbers && rowsOf(numbers, count, 'successes'), notes: [] };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { successes: null, notes: [`its success rates cannot be read: ${error.message}`] };
  }
}

type Row = (index: number) => Float64Array;

/** The row of each evaluation. */
function rowsOf({ shape, values }: Numbers, count: number, array: string): Row {
  const [rows, episodes = 0] = shape;
  const fits = shape.length === 2 && rows === count && (episodes > 0 || count === 0);
  rule(
    fits,
    () => `its ${array} are ${shape.join(' × ')}, and not a row for each of ${formatCount(count)} timesteps`,
  );
  return (index) => values.subarray(index * episodes, (index + 1) * episodes);
}
