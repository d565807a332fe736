import { useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { markCalls } from './mark-calls.ts';
import { marksInCommon } from './marks-in-common.ts';
import { NotesField } from './NotesField.tsx';
import { TagsField } from './TagsField.tsx';
import { useTags } from './useTags.ts';
import { useWholeNotes } from './useWholeNotes.ts';

interface Props {
  store: VersionsStore;
  /** The versions whose tags and note these are: others for as long as this is on the screen are others' fields. */
  rows: readonly VersionRow[];
  /** Where the same is told for the command line, the runs of these versions. */
  runs?: TableRuns;
  autoFocus?: 'tags' | 'notes';
  /** The note is on record, or is left as it was. */
  onDone?: () => void;
}

/** Tags and note of versions, to read and to change. */
export function MarksFields({ store, rows, runs, autoFocus, onDone }: Props) {
  const tagged = useTags(rows);
  const { tags } = tagged;
  const [before] = useState(tags);
  const [written, setWritten] = useState<string | null>(null);
  const saved = useWholeNotes(rows);
  const removed = before.filter((tag) => !tags.includes(tag));
  const noted = { pinned: marksInCommon(rows).pinned, tags, removed, notes: written ?? (saved || null) };
  return (
    <>
      <TagsField store={store} rows={rows} tagged={tagged} autoFocus={autoFocus === 'tags'} />
      <NotesField
        rows={rows}
        saved={saved}
        autoFocus={autoFocus === 'notes'}
        onWrite={setWritten}
        onDone={onDone}
      />
      {runs && <CommandLine calls={markCalls(placesOf(rows, runs), noted)} />}
    </>
  );
}

function placesOf(rows: readonly VersionRow[], runs: TableRuns): { folder: string; id: string }[] {
  return rows.map((row) => ({ folder: runs.of(row)?.folder ?? '', id: row.id }));
}
