import { ActionIcon, TextInput } from '@mantine/core';
import { IconPencil, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { SavedView } from './saved-views.ts';

interface Props {
  view: SavedView;
  /** Whether it is what the table shows. */
  shown: boolean;
  onShow: () => void;
  /** Whether another view has that name. */
  isTaken: (name: string) => boolean;
  onRename: (name: string) => void;
  onDelete: () => void;
  /** What had the focus goes; somebody must have it, or no key closes what this is in. */
  onDone: () => void;
}

export function ViewItem(props: Props) {
  const { view, shown, onShow, isTaken, onRename, onDelete, onDone } = props;
  const { name, folder } = view;
  const [isNaming, setNaming] = useState(false);
  if (isNaming)
    return (
      <li className="view-item">
        <NameField
          name={name}
          isTaken={(wanted) => wanted !== name && isTaken(wanted)}
          onKeep={(wanted) => {
            setNaming(false);
            if (wanted !== name) onRename(wanted);
          }}
          onLeave={() => setNaming(false)}
          onDone={onDone}
        />
      </li>
    );
  return (
    <li className="view-item">
      <button type="button" className="view-name" aria-current={shown || undefined} onClick={onShow}>
        <bdi>{name}</bdi>
        {folder === null && <span className="view-scope">all runs</span>}
      </button>
      <ActionIcon size={22} aria-label={`Rename ${name}`} onClick={() => setNaming(true)}>
        <IconPencil size={14} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        size={22}
        aria-label={`Delete ${name}`}
        onClick={() => {
          onDelete();
          onDone();
        }}
      >
        <IconX size={14} stroke={1.75} />
      </ActionIcon>
    </li>
  );
}

interface NameProps {
  name: string;
  isTaken: (name: string) => boolean;
  onKeep: (name: string) => void;
  onLeave: () => void;
  onDone: () => void;
}

function NameField({ name, isTaken, onKeep, onLeave, onDone }: NameProps) {
  const [taken, setTaken] = useState<string | null>(null);
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const wanted = event.currentTarget.value.trim();
    if (event.key === 'Enter' && wanted !== '') {
      if (isTaken(wanted)) return setTaken(wanted);
      onKeep(wanted);
      onDone();
    }
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onLeave();
    onDone();
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={`New name of ${name}`}
      defaultValue={name}
      maxLength={100}
      error={taken !== null && `There is a view “${taken}” already: choose another name.`}
      onChange={() => setTaken(null)}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={press}
      onBlur={onLeave}
    />
  );
}
