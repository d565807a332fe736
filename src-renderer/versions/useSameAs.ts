import { useEffect, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** The ids of the other versions whose files hold the same bytes, asked for again whenever the row changes; none until they have come. */
export function useSameAs(row: VersionRow, isWanted = true): readonly string[] {
  const [known, setKnown] = useState<{ row: VersionRow; same: readonly string[] } | null>(null);
  useEffect(() => {
    let wanted = isWanted;
    const ask = async () => {
      const { runId, handle: version } = row;
      // A version that is gone by now is the same as none.
      const answer = await window.cairn.request('findSame', { runId, version });
      if (wanted && answer.ok) setKnown({ row, same: answer.value.same });
    };
    if (wanted) void ask();
    return () => {
      wanted = false;
    };
  }, [row, isWanted]);
  return known?.row === row ? known.same : none;
}

const none: readonly string[] = [];

/** Whether a version may be another name of one that the list has too, as `last.ckpt` is: the name of its file has no number that is its own. */
export function mayBeCopy({ id, version }: Pick<VersionRow, 'id' | 'version'>): boolean {
  return version === null && !/\d/.test(id.slice(id.lastIndexOf('/') + 1));
}
