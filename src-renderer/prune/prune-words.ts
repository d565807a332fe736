import type { PlannedVersion } from '../../shared/ipc/writing-contract.ts';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import type { Change } from '../dialogs/ChangeList.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunSnapshot } from '../versions/run-store.ts';

interface Counts {
  removed: number;
  total: number;
  /** Bytes that emptying the trash gives back. */
  bytes: number;
  /** Files may share what they occupy with others. */
  atMost: boolean;
}

/** What a plan comes to, in a sentence. */
export function planSentence({ removed, total, bytes, atMost }: Counts): string {
  if (removed === 0)
    return `Nothing goes: ${total === 1 ? 'the version stays' : `all ${plural(total, 'version')} stay`}.`;
  const go = `${formatCount(removed)} of ${plural(total, 'version')} ${removed === 1 ? 'goes' : 'go'} to the trash`;
  return `${go}, ${atMost ? 'at most ' : ''}${formatBytes(bytes)} come back once it is emptied.`;
}

/** The plan, a line for each version: first what goes, then what stays. */
export function planChanges(
  planned: readonly PlannedVersion[],
  list: Pick<RunSnapshot['list'], 'get'>,
): Change[] {
  return planned
    .toSorted((a, b) => Number(a.keep) - Number(b.keep) || compareNatural(a.id, b.id))
    .map(({ version, id, keep, refused, reasons }) => ({
      id: visibleText(id),
      word: keep ? 'Keep' : 'Remove',
      tone: keep ? 'stays' : 'goes',
      label: versionLabel(list.get(version) ?? { id, version: null }),
      why: `${refused ? 'whatever the rules: ' : ''}${reasons.map(visibleText).join(', ')}`,
    }));
}
