import { useEffect, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { parseDetails, scalarText } from '../details/version-details.ts';
import { marksInCommon } from './marks-in-common.ts';

/** A row has no more of a note than that. */
const cut = 1000;

/**
 * The whole note that versions share, null where they differ, undefined until it is known: a row may have
 * but the start of it. What is known stays while it is asked for anew, as after any change of the row.
 */
export function useWholeNotes(rows: readonly VersionRow[]): string | null | undefined {
  const { notes } = marksInCommon(rows);
  const [row] = rows;
  const asked = notes !== null && notes.length >= cut ? row : undefined;
  const [whole, setWhole] = useState<{ of: number; notes: string } | null>(null);
  useEffect(() => {
    if (!asked) return;
    let wanted = true;
    const ask = async () => {
      const answer = await valueOrNotice(
        window.cairn.request('showVersion', { runId: asked.runId, version: asked.handle, whole: false }),
      );
      if (wanted && answer)
        setWhole({ of: asked.handle, notes: scalarText(parseDetails(answer.json).get('notes')) ?? '' });
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [asked]);
  if (!asked) return notes;
  if (rows.length > 1) return null;
  return whole?.of === asked.handle ? whole.notes : undefined;
}
