import type { BestJudgement, Figure } from '../../shared/model/best-judgement.ts';
import { formatDifference, formatMetric } from '../format/format-metric.ts';
import { formatCount, formatNumber, formatShare, withMinus } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** A line of what is known of a choice; `title` names the figure as the literature does. */
export interface JudgementFact {
  name: string;
  text: string;
  title?: string;
}

/** Whom the best was chosen among. */
export function candidatesText({ candidates, passed_over: passedOver }: BestJudgement): string {
  const others = passedOver.map(({ why, versions }) => `${formatCount(versions)} ${reasonOf(why, versions)}`);
  const count = candidates === 1 ? 'the only candidate' : plural(candidates, 'candidate');
  return others.length === 0 ? count : `${count}; passed over: ${others.join(', ')}`;
}

function reasonOf(why: string, versions: number): string {
  if (why === 'mismatch') return `changed since ${versions === 1 ? 'it was' : 'they were'} saved`;
  return reasons.get(why) ?? why;
}

const reasons = new Map([
  ['no value', 'without a value'],
  ['missing', 'without a file'],
  ['writing', 'being written'],
]);

/** How far the next is behind, in the direction of the metric. */
export function marginText({ margin, metric }: BestJudgement): string {
  if (margin === null) return '';
  return margin === 0 ? 'has the very same value' : `${formatDifference(metric, 0, margin)} behind`;
}

/** A warning as it is read: what it quotes, from its first quotation mark to its last, stays as it is; figures have their minus sign. */
export function warningText(warning: string): string {
  const parts = visibleText(warning).split(/(“.*”)/s);
  return parts.map((part, index) => (index % 2 === 0 ? withMinus(part) : part)).join('');
}

/** The figures, each with what it is made of, or why there is none. */
export function figuresOf(judgement: BestJudgement): JudgementFact[] {
  const { probabilistic_sharpe: chance, deflated_sharpe: deflated } = judgement;
  const facts: JudgementFact[] = [{ name: '95% interval', text: intervalText(judgement) }];
  if (chance && deflated && chance.why !== null && chance.why === deflated.why)
    return [...facts, { name: 'Probabilistic and deflated Sharpe', text: figureText(chance, '') }];
  if (chance)
    facts.push({
      name: 'Probabilistic Sharpe',
      text: figureText(chance, 'sure that the true Sharpe ratio is above 0'),
      title: 'Probabilistic Sharpe ratio, Bailey & López de Prado 2012',
    });
  if (deflated)
    facts.push({
      name: 'Deflated Sharpe',
      text: figureText(deflated, luckText(judgement)),
      title: 'Deflated Sharpe ratio, Bailey & López de Prado 2014',
    });
  return facts;
}

function luckText({ trials, luck }: BestJudgement): string {
  if (trials === null || trials < 2 || luck === null) return 'sure: nothing was chosen among';
  return `sure that it beats the best of ${formatCount(trials)} without skill, which would have about ${formatNumber(luck)}`;
}

function intervalText({ interval, interval_why: why, metric }: BestJudgement): string {
  if (!interval) return `not computable: ${visibleText(why ?? '')}`;
  const [low, high] = [interval.low, interval.high].map((end) => formatMetric(metric, end, true));
  return `${low} to ${high}, by ${visibleText(interval.basis)}`;
}

function figureText({ value, why }: Figure, meaning: string): string {
  return value === null ? `not computable: ${visibleText(why ?? '')}` : `${formatShare(value)} ${meaning}`;
}
