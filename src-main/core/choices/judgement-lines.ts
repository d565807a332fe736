import type { BestJudgement, Figure } from '../../../shared/model/best-judgement.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { formatNumber } from '../formats/plain-text.ts';

/** How sure it is that the best is the best, for people: a line or two, and its warnings. */
export function formatJudgement(judgement: BestJudgement): string[] {
  const { metric, mode, value, warnings } = judgement;
  const chosen = `best by ${escapeName(metric)}, ${mode}: ${formatNumber(value)}, ${among(judgement)}`;
  const figures = [interval(judgement), ...sharpe(judgement)].filter((text) => text !== null);
  return [
    chosen,
    ...(figures.length > 0 ? [figures.join('; ')] : []),
    ...warnings.map((text) => `note: ${text}`),
  ];
}

function among({ candidates, passed_over: passedOver, next, margin }: BestJudgement): string {
  const count = candidates === 1 ? 'the only candidate' : `chosen among ${candidates}`;
  const others = passedOver.map(({ why, versions }) => `${versions} ${why}`).join(', ');
  const ahead = next === null ? '' : `, ${formatNumber(margin)} ahead of ${escapeName(next.id)}`;
  return `${count}${others && ` (passed over: ${others})`}${ahead}`;
}

function interval({ interval: found }: BestJudgement): string | null {
  if (!found) return null;
  return `95% interval ${formatNumber(found.low)} to ${formatNumber(found.high)}`;
}

function sharpe({
  probabilistic_sharpe: chance,
  deflated_sharpe: deflated,
  trials,
}: BestJudgement): string[] {
  if (!chance || !deflated) return [];
  const why = chance.why ?? deflated.why;
  if (chance.value === null)
    return [`probabilistic and deflated Sharpe ratio not computable: ${why} (the window asks for it)`];
  return [
    `probabilistic Sharpe ratio ${formatFigure(chance)}`,
    `deflated Sharpe ratio ${formatFigure(deflated)}${deflated.value === null ? '' : ` of ${trials} trials`}`,
  ];
}

function formatFigure({ value, why }: Figure): string {
  return value === null ? `not computable: ${why}` : formatNumber(value);
}
