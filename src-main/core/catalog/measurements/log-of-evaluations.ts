import { formatCount } from '../../formats/plain-text.ts';
import { LogBuilder, type Measurable, type MetricLog, type Place } from './metric-log.ts';

/** How a model did in the episodes of one evaluation. */
export interface StepEvaluation {
  /** Of the training, when it was evaluated. */
  step: number;
  /** The reward of each episode. */
  rewards: Float64Array;
  meanReward: number;
  stdReward: number;
  /** In steps of an episode; null where it is not on record. */
  meanLength: number | null;
  /** The share of episodes that met their goal, from 0 to 1; null where it is not on record. */
  successRate: number | null;
}

/** What EvalCallback saves with the first of the highest mean rewards. */
const bestModel = 'best_model.zip';

/** A version is measured by the evaluation at its step, the last one where there are several; the best model by the best one. */
export function logOfEvaluations(
  evaluations: readonly StepEvaluation[],
  notes: readonly string[],
): MetricLog {
  const log = new LogBuilder('step', null, true);
  for (const { step, meanReward, stdReward, meanLength, successRate } of evaluations) {
    log.add('eval_mean_reward', meanReward, { step });
    log.add('eval_std_reward', stdReward, { step });
    if (meanLength !== null) log.add('eval_mean_ep_length', meanLength, { step });
    if (successRate !== null) log.add('eval_success_rate', successRate, { step });
  }
  const best = findBest(evaluations);
  const bySteps = new Map(evaluations.map(({ step, rewards }) => [step, rewards]));
  const episodesAt = (step: number) => {
    const rewards = bySteps.get(step);
    return rewards ? [...rewards] : null;
  };
  return { ...log.build(notes), episodesAt, placeOf: (version) => best && placeOfBest(version, best.step) };
}

function placeOfBest({ id, step }: Measurable, best: number): Place | null {
  if (id.slice(id.lastIndexOf('/') + 1) !== bestModel) return null;
  if (step === null || step === best) return { axis: 'step', at: best };
  return { axis: 'step', at: step, problems: [otherStep(step, best)] };
}

/** As EvalCallback compares them: NaN is never better, and of equal ones the first stays. */
function findBest(evaluations: readonly StepEvaluation[]): StepEvaluation | null {
  let best: StepEvaluation | null = null;
  for (const evaluation of evaluations)
    if (evaluation.meanReward > (best?.meanReward ?? Number.NEGATIVE_INFINITY)) best = evaluation;
  return best;
}

function otherStep(own: number, best: number): string {
  return `it was saved at step ${formatCount(own)}, but evaluations.npz has its best evaluation at step ${formatCount(best)}: one of them may be of another training`;
}
