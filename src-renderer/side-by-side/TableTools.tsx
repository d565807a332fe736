import { Switch, TextInput } from '@mantine/core';
import type { RowChoice } from '../../shared/comparison/choose-rows.ts';

interface Props {
  choice: RowChoice;
  onChoice: (choice: RowChoice) => void;
}

/** Which rows of the table are shown. */
export function TableTools({ choice, onChoice }: Props) {
  return (
    <>
      <TextInput
        className="side-find"
        size="xs"
        aria-label="Find a value by its name"
        placeholder="Find a value"
        maxLength={1000}
        value={choice.words}
        onChange={({ currentTarget }) => onChoice({ ...choice, words: currentTarget.value })}
      />
      <Switch
        size="xs"
        label="Differences only"
        checked={choice.differencesOnly}
        onChange={({ currentTarget }) => onChoice({ ...choice, differencesOnly: currentTarget.checked })}
      />
    </>
  );
}
