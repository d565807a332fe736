import type { PruneOutcome, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { metricLabel } from '../format/metric-label.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { gainWords } from '../trash/trash-words.ts';

/** What lets rules concern checkpoints too. */
export const concernsCheckpoints = 'Checkpoints as well as best models';

/** What a plan comes to, in a sentence. @param hasRule without a rule nothing goes, and it is said why @param spared as `sparedIn` */
export function planSentence(
  { removed, versions, size, gain }: Pick<PrunePlan, 'removed' | 'versions' | 'size' | 'gain'>,
  hasRule: boolean,
  spared = 0,
): string {
  const total = versions.length;
  if (removed === 0) return hasRule ? `${nothingGoes(total)}${sparedWords(spared)}` : nothingAsked;
  const files = `${gain === null ? 'about ' : ''}${formatBytes(size)} of files`;
  const go = `${formatCount(removed)} of ${plural(total, 'version')} ${removed === 1 ? 'goes' : 'go'} to the trash: ${files}`;
  if (gain === null) return `${go}. The disk gains nothing until the trash is emptied.`;
  return `${go}. The disk gains nothing now, and ${gainWords(gain)} once the trash is emptied${whyOtherwise(gain.bytes, size)}.`;
}

const nothingAsked = 'No rule is set, so nothing would go: move one of the sliders.';

function nothingGoes(total: number): string {
  return `Nothing goes: ${total === 1 ? 'the version stays' : `all ${plural(total, 'version')} stay`}.`;
}

function sparedWords(count: number): string {
  if (count === 0) return '';
  const left = plural(count, 'of them is a checkpoint', 'of them are checkpoints');
  return ` ${left}, which these rules leave alone: “${concernsCheckpoints}” concerns those too.`;
}

/** How many versions stay in any case, for rules concern best models alone. */
export function sparedIn({ outcomes, kinds }: Pick<PrunePlan, 'outcomes' | 'kinds'>): number {
  const isSpared = kinds.map(({ reasons }) => reasons.includes('a checkpoint'));
  return outcomes.reduce((count, outcome) => count + (isSpared[outcome] ? 1 : 0), 0);
}

/** Why the disk gains something else than the files hold. */
function whyOtherwise(gained: number, size: number): string {
  if (formatBytes(gained) === formatBytes(size)) return '';
  return gained > size ? ': files fill whole blocks' : ': the rest is shared with other files';
}

/** Why a version stays or goes. */
export function whyWords({ refused, reasons }: PruneOutcome): string {
  return `${refused ? 'always: ' : ''}${reasons.map(reasonWords).join(', ')}`;
}

const states = new Map([
  ['mismatch', 'its file is not what was saved (mismatch)'],
  ['torn', 'its file is broken (torn)'],
]);

/** A reason as the window has it: metrics are called as everywhere in it, and a state of a file says why that counts. */
function reasonWords(reason: string): string {
  const [, before = '', metric = '', after = ''] = withMetric.exec(reason) ?? [];
  if (metric !== '') return `${before}${metricLabel(metric)}${after}`;
  return states.get(reason) ?? visibleText(reason);
}

/** As plans name a metric. */
const withMetric = /^(best #\d+ by |has no (?!step$)|its (?=.* is not finite$))(.+?)( is not finite)?$/s;
