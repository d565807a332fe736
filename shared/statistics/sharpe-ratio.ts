import { normalCdf, normalQuantile } from './normal.ts';

const eulerMascheroni = 0.577_215_664_901_532_9;

/**
 * What was measured of a series of returns: its Sharpe ratio **per period** (not annualised), the number of periods T, and the skewness
 * γ₃ and kurtosis γ₄ of the returns (of a normal distribution 0 and 3).
 */
export interface Returns {
  sharpe: number;
  periods: number;
  skewness: number;
  kurtosis: number;
}

/**
 * The standard deviation of an estimated Sharpe ratio: √((1 − γ₃·SR + (γ₄ − 1)/4·SR²) / (T − 1)).
 * Bailey & López de Prado, The Sharpe ratio efficient frontier, Journal of Risk 15(2), 2012, after Mertens 2002. Real for every
 * distribution there is: γ₄ ≥ 1 + γ₃².
 */
export function sharpeError({ sharpe, periods, skewness, kurtosis }: Returns): number {
  return Math.sqrt(spread(sharpe, skewness, kurtosis) / (periods - 1));
}

/** PSR(SR*) = Φ((SR − SR*) / σ(SR)): the chance that the true Sharpe ratio is above `benchmark`, per period as well (ibid., 2012). */
export function probabilisticSharpe(returns: Returns, benchmark = 0): number {
  return normalCdf((returns.sharpe - benchmark) / sharpeError(returns));
}

/**
 * MinTRL = 1 + (1 − γ₃·SR + (γ₄ − 1)/4·SR²)·(Φ⁻¹(confidence) / (SR − SR*))²: how many periods it takes to be so confident that the true
 * Sharpe ratio is above `benchmark` (ibid., 2012). Infinity for one that is not above it.
 */
export function minimumTrackRecord(
  { sharpe, skewness, kurtosis }: Omit<Returns, 'periods'>,
  benchmark: number,
  confidence: number,
): number {
  if (sharpe <= benchmark) return Number.POSITIVE_INFINITY;
  return 1 + spread(sharpe, skewness, kurtosis) * (normalQuantile(confidence) / (sharpe - benchmark)) ** 2;
}

/**
 * The highest Sharpe ratio to be expected of so many independent trials without any skill, whose ratios have this variance:
 * SR₀ = √V·((1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e))), γ the Euler–Mascheroni constant. 0 for a single trial: nothing was chosen.
 * Bailey & López de Prado, The deflated Sharpe ratio, Journal of Portfolio Management 40(5), 2014.
 */
export function expectedMaximum(variance: number, trials: number): number {
  if (trials <= 1) return 0;
  // By symmetry Φ⁻¹(1 − q) is −Φ⁻¹(q), which keeps its digits where there are very many trials.
  const [first, second] = [-normalQuantile(1 / trials), -normalQuantile(1 / (trials * Math.E))];
  return Math.sqrt(variance) * ((1 - eulerMascheroni) * first + eulerMascheroni * second);
}

/**
 * DSR = PSR(SR₀): the chance that the best of so many trials is better than the best of as many without skill (ibid., 2014).
 * @param variance that of the Sharpe ratios of all trials, per period
 */
export function deflatedSharpe(returns: Returns, variance: number, trials: number): number {
  return probabilisticSharpe(returns, expectedMaximum(variance, trials));
}

function spread(sharpe: number, skewness: number, kurtosis: number): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
}
