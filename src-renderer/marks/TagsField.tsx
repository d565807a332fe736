import { TagsInput } from '@mantine/core';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { longestTag } from '../../shared/model/mark-change.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { visibleText } from '../format/visible-text.ts';
import { knownWords } from '../query/known-words.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import type { useTags } from './useTags.ts';

interface Props {
  store: VersionsStore;
  rows: readonly VersionRow[];
  /** The tags of these rows. */
  tagged: ReturnType<typeof useTags>;
  autoFocus?: boolean;
}

/**
 * The tags of a version, or those that several share; each one that is added or taken away is on record at once. One that is being
 * typed is added on leaving the field, and dropped on Esc.
 */
export function TagsField({ store, rows, tagged: { tags, otherTags, change }, autoFocus }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tags of a run change with its rows
  const known = useMemo(() => knownWords(store.snapshot().list).wordsOf('tag'), [store, rows]);
  const [shown, setShown] = useState('');
  // Esc that closes what this is in takes the focus away before anything is shown anew.
  const typed = useRef('');
  const setTyped = (text: string) => {
    typed.current = text;
    setShown(text);
  };
  const leave = () => {
    const tag = typed.current;
    setTyped('');
    change([...tags, tag]);
  };
  return (
    <TagsInput
      label="Tags"
      size="xs"
      placeholder={tags.length === 0 ? 'Add a tag' : ''}
      description={otherTags.length > 0 && `On some of them: ${otherTags.map(visibleText).join(', ')}`}
      inputWrapperOrder={['label', 'input', 'description']}
      openOnFocus={false}
      isDuplicate={(tag, there) => there.includes(tag.trim())}
      maxLength={longestTag}
      data={known}
      value={[...tags]}
      data-autofocus={autoFocus || undefined}
      onChange={change}
      searchValue={shown}
      onSearchChange={setTyped}
      onKeyDown={({ key }: KeyboardEvent) => key === 'Escape' && setTyped('')}
      acceptValueOnBlur={false}
      onBlur={leave}
    />
  );
}
