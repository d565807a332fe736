import { Textarea } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { visibleText } from '../format/visible-text.ts';
import { markVersions } from './mark-versions.ts';

interface Props {
  rows: readonly VersionRow[];
  /** Their note on record, as `useWholeNotes` knows it. */
  saved: string | null | undefined;
  autoFocus?: boolean;
  /** What is written here and not on record yet; null once there is no such thing. */
  onWrite: (notes: string | null) => void;
  /** The note is on record, or is left as it was. */
  onDone: (() => void) | undefined;
}

/** The note of a version, or of several: kept on leaving it or Ctrl+Enter, left as it was on Esc. */
export function NotesField({ rows, saved, autoFocus, onWrite, onDone }: Props) {
  const [draft, setShown] = useState<string | null>(null);
  const [before, setBefore] = useState(saved);
  // Esc that closes what this is in takes the focus away before anything is shown anew.
  const written = useRef<string | null>(null);
  const show = (text: string | null) => {
    setShown(text);
    onWrite(text);
  };
  const setDraft = (text: string | null) => {
    if (draft === null) setBefore(saved);
    written.current = text;
    show(text);
  };
  // What is saved as it is written comes from here.
  const isOvertaken = draft !== null && saved !== before && saved !== draft;
  /** @returns false where what is written is not on record, and stays to be written again */
  const keep = async () => {
    const notes = written.current;
    written.current = null;
    if (notes !== null && notes !== (saved ?? '') && !(await markVersions(rows, { notes }))) {
      written.current ??= notes;
      return false;
    }
    if (written.current === null) show(null);
    return true;
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') setDraft(null);
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void keep().then((isKept) => isKept && onDone?.());
  };
  return (
    <Textarea
      label="Note"
      size="xs"
      autosize
      minRows={2}
      maxRows={8}
      maxLength={100_000}
      placeholder={saved === null ? 'Their notes differ: what you write replaces all of them' : 'No note'}
      disabled={saved === undefined}
      data-autofocus={autoFocus || undefined}
      value={draft ?? saved ?? ''}
      error={isOvertaken && overtakenWords(saved)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={press}
      onBlur={() => void keep()}
    />
  );
}

/** Somebody else noted something since this person began to write. */
function overtakenWords(saved: string | null | undefined): string {
  const now = saved ? `: “${visibleText(saved.slice(0, 200))}”` : '';
  return `The note was changed meanwhile${now}. What you write replaces that; Esc leaves it.`;
}
