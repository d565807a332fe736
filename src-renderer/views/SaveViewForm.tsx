import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

interface Props {
  /** Whether there is a view of that name, for this run or for all. */
  isTaken: (name: string, forAll: boolean) => boolean;
  /** Whether more leaves rows out than a view keeps. */
  isNarrowed: boolean;
  onSave: (name: string, forAll: boolean) => void;
}

/** Keeps what is shown under a name. */
export function SaveViewForm({ isTaken, isNarrowed, onSave }: Props) {
  const [name, setName] = useState('');
  const [forAll, setForAll] = useState(false);
  const wanted = name.trim();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return;
    onSave(wanted, forAll);
    setName('');
    setForAll(false);
  };
  return (
    <form className="save-view" onSubmit={save}>
      <TextInput
        size="xs"
        label="Save what is shown as"
        placeholder="Name of the view"
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={wanted === ''}>
        {isTaken(wanted, forAll) ? 'Replace' : 'Save'}
      </Button>
      <Checkbox
        size="xs"
        label="For all runs"
        checked={forAll}
        onChange={(event) => setForAll(event.currentTarget.checked)}
      />
      {isNarrowed && <p className="views-hint">Ranges and “Problems only” are not kept with it.</p>}
    </form>
  );
}
