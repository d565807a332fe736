import type { RecognisedLayout } from '../../shared/model/recognised-layout.ts';
import { visibleText } from '../format/visible-text.ts';

const surenessWords: Record<RecognisedLayout['sureness'], string> = {
  chosen: 'Chosen by hand; “Automatic” goes back to what Cairn recognises',
  sure: 'This is sure',
  likely: 'This is likely',
  possible: 'This is only possible',
};

/** Why a run is taken for one of a framework, how sure that is, and what the framework itself takes for the best and the last. */
export function recognisedWords(kept: RecognisedLayout): string {
  const final = kept.finals ? ` Training ended with ${listIds(kept.finals)}.` : '';
  return `${whyRecognised(kept)}${bestWords(kept)}${lastWords(kept)}${final}${othersWords(kept)}`;
}

/** Why a run is taken for one of a framework, and how sure that is. */
export function whyRecognised({ why, sureness }: Pick<RecognisedLayout, 'why' | 'sureness'>): string {
  return `${visibleText(why)}. ${surenessWords[sureness]}.`;
}

/** Which other frameworks may have written to the run too, and what they keep. */
export function othersWords({ others = [] }: Pick<RecognisedLayout, 'others'>): string {
  return others
    .map(({ name, keeps }) => ` It may be of ${name} too, which keeps ${listIds(keeps)}.`)
    .join('');
}

/** What the framework itself keeps as a best, goes on from or ended with, as ids: nothing where the run's own best or latest is just that. */
export function keptOtherwise(
  {
    best,
    bests = best === null ? [] : [best],
    last,
    lasts = last === null ? [] : [last],
    finals = [],
  }: RecognisedLayout,
  own: { best: string | null; latest: string | null },
): Record<'bests' | 'lasts' | 'finals', readonly string[]> {
  const unless = (ids: readonly string[], id: string | null) =>
    ids.length === 1 && ids[0] === id ? [] : ids;
  return {
    bests: unless(bests, own.best),
    lasts: unless(lasts, own.latest),
    finals: unless(finals, own.latest),
  };
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
