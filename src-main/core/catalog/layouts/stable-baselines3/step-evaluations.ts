import { formatCount } from '../../../formats/plain-text.ts';
import type { Measurable, Measured, Measurements } from '../layout.ts';

/** How a model did in the episodes of one evaluation. */
export interface StepEvaluation {
  /** Of the training, when it was evaluated. */
  step: number;
  meanReward: number;
  stdReward: number;
  /** In steps of an episode; null where it is not on record. */
  meanLength: number | null;
}

/** What EvalCallback saves with the first of the highest mean rewards. */
const bestModel = 'best_model.zip';

/** A version is measured by the evaluation at its step, the last one where there are several; the best model by the best one. */
export class StepEvaluations implements Measurements {
  readonly #bySteps: ReadonlyMap<number, StepEvaluation>;
  readonly #best: StepEvaluation | null;

  constructor(evaluations: readonly StepEvaluation[]) {
    this.#bySteps = new Map(evaluations.map((evaluation) => [evaluation.step, evaluation]));
    this.#best = findBest(evaluations);
  }

  of({ id, step }: Measurable): Measured | null {
    const own = (step !== null && this.#bySteps.get(step)) || null;
    if (id !== bestModel || this.#best === null) return own && measuredBy(own);
    if (step === null || step === this.#best.step) return measuredBy(this.#best);
    return { ...(own ? measuredBy(own) : unmeasured), problems: [otherStep(step, this.#best.step)] };
  }
}

const unmeasured: Measured = { reward: null, metrics: [], problems: [] };

/** As EvalCallback compares them: NaN is never better, and of equal ones the first stays. */
function findBest(evaluations: readonly StepEvaluation[]): StepEvaluation | null {
  let best: StepEvaluation | null = null;
  for (const evaluation of evaluations)
    if (evaluation.meanReward > (best?.meanReward ?? Number.NEGATIVE_INFINITY)) best = evaluation;
  return best;
}

function measuredBy({ meanReward, stdReward, meanLength }: StepEvaluation): Measured {
  return {
    reward: meanReward,
    metrics: [
      ['eval_mean_reward', meanReward],
      ['eval_std_reward', stdReward],
      ...(meanLength === null ? [] : [['eval_mean_ep_length', meanLength] as const]),
    ],
    problems: [],
  };
}

function otherStep(own: number, best: number): string {
  return `it was saved at step ${formatCount(own)}, but evaluations.npz has its best evaluation at step ${formatCount(best)}: one of them may be of another training`;
}
