import type { RecognisedLayout } from '../../shared/model/recognised-layout.ts';
import { visibleText } from '../format/visible-text.ts';

const surenessWords: Record<RecognisedLayout['sureness'], string> = {
  chosen: 'Chosen by hand; “Automatic” goes back to what Cairn recognises',
  sure: 'This is sure',
  likely: 'This is likely',
  possible: 'This is only possible',
};

/** Why a run is taken for one of a framework, how sure that is, and what the framework itself takes for the best and the last. */
export function recognisedWords({ why, sureness, ...kept }: RecognisedLayout): string {
  const others = (kept.others ?? []).map(
    ({ name, keeps }) => ` It may be of ${name} too, which keeps ${listIds(keeps)}.`,
  );
  const final = kept.finals ? ` Training ended with ${listIds(kept.finals)}.` : '';
  return `${visibleText(why)}. ${surenessWords[sureness]}.${bestWords(kept)}${lastWords(kept)}${final}${others.join('')}`;
}

function bestWords({ best, bests }: Pick<RecognisedLayout, 'best' | 'bests'>): string {
  if (bests) return ` Its own bests are ${listIds(bests)}.`;
  return best === null ? '' : ` Its own best is ${visibleText(best)}.`;
}

function lastWords({ last, lasts }: Pick<RecognisedLayout, 'last' | 'lasts'>): string {
  if (lasts) return ` It goes on from each of ${listIds(lasts)}.`;
  return last === null ? '' : ` It goes on from ${visibleText(last)}.`;
}

const listIds = (ids: readonly string[]): string => ids.map((id) => visibleText(id)).join(', ');

/** The layout in which alone a window reads a run; null for what is recognised. What is on record since may be another. */
export function readAsOf(recognised: RecognisedLayout | null): string | null {
  return recognised?.sureness === 'chosen' ? recognised.layout : null;
}
