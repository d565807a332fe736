import { useRef, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { showFailure } from '../bridge/show-failure.ts';
import { markVersions } from './mark-versions.ts';
import { marksInCommon } from './marks-in-common.ts';
import { changedTags, type TagChange, tagChange, whyNotAdded } from './tag-changes.ts';

/** A change that a person made here. `isOver`: it was made, and the rows are about to say so. */
interface OwnChange extends TagChange {
  isOver: boolean;
}

/**
 * The tags that versions share, as the person who changes them here sees them: a change counts from the key on, not only once it is
 * on record. One that fails is taken back, and told. What it is of must not change while it is on the screen.
 */
export function useTags(rows: readonly VersionRow[]) {
  const { tags, otherTags } = marksInCommon(rows);
  const [changes, setChanges] = useState<readonly OwnChange[]>([]);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const known = tags.join('\n');
  const [before, setBefore] = useState(known);
  if (known !== before) {
    setBefore(known);
    setChanges(changes.filter(({ isOver }) => !isOver));
  }
  const shown = changedTags(tags, changes);
  const change = (wanted: readonly string[]) => {
    const asked = tagChange(shown, wanted);
    if (!asked) return;
    const reason = whyNotAdded(asked.add);
    if (reason !== null) return showFailure({ code: 'Usage', message: reason, path: null });
    const own: OwnChange = { ...asked, isOver: false };
    setChanges((all) => [...all, own]);
    // One after the other: what is taken away right after it was added must not be on record before it.
    last.current = last.current.then(async () => {
      const isKept = await markVersions(rows, { addTags: [...own.add], removeTags: [...own.remove] });
      const rest = isKept ? [{ ...own, isOver: true }] : [];
      setChanges((all) => all.flatMap((each) => (each === own ? rest : [each])));
    });
  };
  return { tags: shown, otherTags, change };
}
