import type { BestJudgement } from '../model/best-judgement.ts';
import { contradiction } from '../model/direction-by-name.ts';
import type { ReturnFacts } from '../model/run-choices.ts';
import { arePruned } from './count-candidates.ts';
import type { SharpeJudgement } from './judge-sharpe.ts';
import type { Lead } from './lead-of-best.ts';
import { type MeasuredWith, tellMeasuredOtherwise } from './measured-with.ts';

/** What the warnings go by beside the judgement itself. */
interface Grounds {
  returns: ReturnFacts;
  sharpe: SharpeJudgement | null;
  /** How far the best is ahead of the next; null where that is not known. */
  lead: Lead | null;
  /** The highest number of a best model, and how many numbered ones are left. */
  left: { values: readonly number[]; highest: number; numbered: number };
  measuredWith: readonly MeasuredWith[];
}

const sure = 0.95;

/** What a person must know before trusting the best, in whole sentences, the gravest first. */
export function warningsOf(judgement: BestJudgement, grounds: Grounds): string[] {
  const { metric, mode, value } = judgement;
  const { left } = grounds;
  const contrary = contradiction(metric, mode, isNegative(left.values));
  const direction =
    contrary && `${contrary} It is ranked here with the ${mode === 'max' ? 'largest' : 'smallest'} as best.`;
  if (value === null) return direction ? [direction] : [];
  return [
    direction,
    tellMeasuredOtherwise(grounds.measuredWith),
    withinNoise(judgement, grounds),
    mayBeLuck(judgement),
    tooShort(judgement, grounds),
    prunedAway(judgement, grounds),
  ].filter((warning) => warning !== null);
}

/** Whether they are written as negative numbers. */
function isNegative(values: readonly number[]): boolean {
  return values.some((value) => value < 0) && values.every((value) => value <= 0);
}

/** The best is no better than the next as far as the measurement can tell. */
function withinNoise({ margin, next, interval, mode }: BestJudgement, { lead }: Grounds): string | null {
  if (next === null) return null;
  if (margin === 0) return 'Another version has the very same value: nothing tells which of them is better.';
  if (lead)
    return lead.low > 0 ? null : noise(`${leadText(lead)} from ${short(lead.low)} to ${short(lead.high)}`);
  if (!interval) return null;
  const reaches = mode === 'max' ? interval.low <= next.value : interval.high >= next.value;
  return reaches ? noise(`where its true value lies reaches past the next one's ${short(next.value)}`) : null;
}

function leadText({ isPaired }: Lead): string {
  return `how far it is truly ahead of the next${isPaired ? ', seed by seed,' : ''} is`;
}

function noise(why: string): string {
  return `The best is within noise: ${why}. Take both for equally good, or measure them longer.`;
}

/** As good a Sharpe ratio is to be expected of so many tries without skill. */
function mayBeLuck({ deflated_sharpe: deflated, luck, trials }: BestJudgement): string | null {
  if (deflated === null || deflated.value === null || deflated.value >= sure) return null;
  if (luck === null || trials === null || trials < 2) return null;
  return `It may be luck: the best of ${trials} tries without any skill would have a Sharpe ratio of about ${short(luck)}.`;
}

function tooShort(
  { probabilistic_sharpe: chance }: BestJudgement,
  { returns, sharpe }: Grounds,
): string | null {
  if (chance === null || chance.value === null || chance.value >= sure) return null;
  if (!sharpe || sharpe.needed === null || !Number.isFinite(sharpe.needed))
    return 'Its Sharpe ratio is not above 0.';
  return `It was measured too briefly: ${returns.periods} periods, and it takes ${Math.ceil(sharpe.needed)} to be sure that its Sharpe ratio is above 0.`;
}

/** What was tried and is gone was tried all the same. */
function prunedAway({ candidates }: BestJudgement, { returns, left }: Grounds): string | null {
  if (returns.trials !== null || !arePruned(left)) return null;
  return `It was chosen among more than ${candidates}: version numbers go up to ${left.highest}, and ${left.numbered} are left.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
