import type { PruneOutcome, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** What a plan comes to, in a sentence. */
export function planSentence({ removed, versions, bytes, atMost }: PrunePlan): string {
  const total = versions.length;
  if (removed === 0)
    return `Nothing goes: ${total === 1 ? 'the version stays' : `all ${plural(total, 'version')} stay`}.`;
  const go = `${formatCount(removed)} of ${plural(total, 'version')} ${removed === 1 ? 'goes' : 'go'} to the trash`;
  return `${go}. The disk gains nothing now, and ${atMost ? 'at most ' : ''}${formatBytes(bytes)} once the trash is emptied.`;
}

/** Why a version stays or goes. */
export function whyWords({ refused, reasons }: PruneOutcome): string {
  return `${refused ? 'whatever the rules: ' : ''}${reasons.map(visibleText).join(', ')}`;
}
