import type { PruneOutcome, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { gainWords } from '../trash/trash-words.ts';

/** What a plan comes to, in a sentence. */
export function planSentence({
  removed,
  versions,
  size,
  gain,
}: Pick<PrunePlan, 'removed' | 'versions' | 'size' | 'gain'>): string {
  const total = versions.length;
  if (removed === 0)
    return `Nothing goes: ${total === 1 ? 'the version stays' : `all ${plural(total, 'version')} stay`}.`;
  const files = `${gain === null ? 'about ' : ''}${formatBytes(size)} of files`;
  const go = `${formatCount(removed)} of ${plural(total, 'version')} ${removed === 1 ? 'goes' : 'go'} to the trash: ${files}`;
  return `${go}. The disk gains nothing ${gain === null ? 'until' : `now, and ${gainWords(gain)} once`} the trash is emptied.`;
}

/** Why a version stays or goes. */
export function whyWords({ refused, reasons }: PruneOutcome): string {
  return `${refused ? 'always: ' : ''}${reasons.map(visibleText).join(', ')}`;
}
