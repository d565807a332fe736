import type { Direction } from './metric.ts';

const drawdownIsSmaller =
  'A drawdown is better when it is smaller; only one written as a negative number is better when it is larger.';

/** Words of metric names that say which end is better, with the reason in a person's words. */
const smaller = new Map([
  ['loss', 'A loss is better when it is smaller.'],
  ['losses', 'A loss is better when it is smaller.'],
  ['logloss', 'A loss is better when it is smaller.'],
  ['nll', 'A loss is better when it is smaller.'],
  ['brier', 'An error is better when it is smaller.'],
  ['error', 'An error is better when it is smaller.'],
  ['err', 'An error is better when it is smaller.'],
  ['mse', 'An error is better when it is smaller.'],
  ['rmse', 'An error is better when it is smaller.'],
  ['mae', 'An error is better when it is smaller.'],
  ['mape', 'An error is better when it is smaller.'],
  ['drawdown', drawdownIsSmaller],
  ['drawdowns', drawdownIsSmaller],
  ['mdd', drawdownIsSmaller],
  ['cvar', 'A loss is better when it is smaller.'],
  ['cost', 'A cost is better when it is smaller.'],
  ['costs', 'A cost is better when it is smaller.'],
  ['regret', 'Regret is better when it is smaller.'],
  ['perplexity', 'Perplexity is better when it is smaller.'],
  ['ppl', 'Perplexity is better when it is smaller.'],
  ['failure', 'Failing is better when it is less often.'],
  ['failures', 'Failing is better when it is less often.'],
  ['fail', 'Failing is better when it is less often.'],
  ['violation', 'Violating is better when it is less often.'],
  ['violations', 'Violating is better when it is less often.'],
  ['slippage', 'A cost is better when it is smaller.'],
  ['volatility', 'Volatility is better when it is smaller.'],
  ['wer', 'An error rate is better when it is smaller.'],
  ['cer', 'An error rate is better when it is smaller.'],
  ['fid', 'A distance is better when it is smaller.'],
  ['latency', 'Latency is better when it is smaller.'],
]);
const larger = new Map([
  ['reward', 'A reward is better when it is larger.'],
  ['rewards', 'A reward is better when it is larger.'],
  ['return', 'A return is better when it is larger.'],
  ['returns', 'A return is better when it is larger.'],
  ['sharpe', 'A Sharpe ratio is better when it is larger.'],
  ['sortino', 'A Sortino ratio is better when it is larger.'],
  ['calmar', 'A Calmar ratio is better when it is larger.'],
  ['profit', 'Profit is better when it is larger.'],
  ['pnl', 'Profit is better when it is larger.'],
  ['win', 'Winning is better when it is more often.'],
  ['score', 'A score is better when it is larger.'],
  ['accuracy', 'Accuracy is better when it is larger.'],
  ['acc', 'Accuracy is better when it is larger.'],
  ['auc', 'An area under the curve is better when it is larger.'],
  ['precision', 'Precision is better when it is larger.'],
  ['recall', 'Recall is better when it is larger.'],
  ['f1', 'An F1 score is better when it is larger.'],
  ['iou', 'An overlap is better when it is larger.'],
  ['success', 'Success is better when it is more often.'],
]);

/** What is said of a metric's spread says which end is better of the metric, not of the spread. */
const spreads: ReadonlySet<string> = new Set(['std', 'stddev', 'variance']);

/** Losses that some programs write as negative numbers, as empyrical and quantstats do a drawdown: then the better end is the other one. */
const signed: ReadonlyMap<string, string> = new Map([
  ['drawdown', 'A drawdown that is written as a negative number is better when it is larger.'],
  ['drawdowns', 'A drawdown that is written as a negative number is better when it is larger.'],
  ['mdd', 'A drawdown that is written as a negative number is better when it is larger.'],
  ['cvar', 'A loss that is written as a negative number is better when it is larger.'],
]);

export interface NamedDirection {
  mode: Direction;
  /** One sentence. */
  why: string;
}

/** Whether a metric's better end depends on how programs write it: see {@link directionByName}. */
export function isSigned(name: string): boolean {
  return wordsOf(name).some((word) => signed.has(word));
}

/**
 * Which end of a metric is better as far as its name tells: null where it says nothing, as of a spread, or both as `profit_loss` does.
 * @param isNegative whether it is written as a negative number: no value of it is above 0, and some are below
 */
export function directionByName(name: string, isNegative = false): NamedDirection | null {
  const words = wordsOf(name);
  if (words.some((word) => spreads.has(word))) return null;
  const why = isNegative && words.map((word) => signed.get(word)).find((told) => told !== undefined);
  if (why) return { mode: 'max', why };
  const down = words.map((word) => smaller.get(word)).find((why) => why !== undefined);
  const up = words.map((word) => larger.get(word)).find((why) => why !== undefined);
  if ((down === undefined) === (up === undefined)) return null;
  return down === undefined ? { mode: 'max', why: up ?? '' } : { mode: 'min', why: down };
}

/** Why a direction contradicts the name of its metric; null where it does not. @param isNegative as {@link directionByName} has it */
export function contradiction(name: string, mode: Direction, isNegative = false): string | null {
  const named = directionByName(name, isNegative);
  return named && named.mode !== mode ? named.why : null;
}

/** What makes another quantity of a ratio: how it scatters or changes, where it stands among others, a chance, a part of a loss. */
const madeOf: ReadonlySet<string> = new Set([
  ...spreads,
  ...['var', 'error', 'err', 'se', 'rank', 'percentile', 'quantile', 'zscore', 'pvalue', 'p', 't', 'z'],
  ...['loss', 'losses', 'penalty', 'weight', 'coef', 'target', 'threshold', 'gap', 'diff', 'difference'],
  ...['delta', 'change', 'improvement', 'probabilistic', 'deflated', 'psr', 'dsr', 'count', 'num'],
]);

/** Whether a metric is a Sharpe ratio, by its name, and not what somebody computed of one. */
export function isSharpe(name: string): boolean {
  const words = wordsOf(name);
  return words.includes('sharpe') && !words.some((word) => madeOf.has(word));
}

/** `valLoss`, `val_loss` and `val/loss` are the same words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}
