import type { BestJudgement } from './best-judgement.ts';

/** What is told of a best of which nothing is known but what is given: by default there is none. */
export function makeJudgement(given: Partial<BestJudgement> = {}): BestJudgement {
  return {
    metric: 'sharpe',
    mode: 'max',
    source: 'config',
    best: null,
    value: null,
    candidates: 0,
    passed_over: [],
    next: null,
    margin: null,
    interval: null,
    interval_why: null,
    probabilistic_sharpe: null,
    deflated_sharpe: null,
    luck: null,
    trials: null,
    missing: [],
    warnings: [],
    resumes: null,
    ...given,
  };
}
