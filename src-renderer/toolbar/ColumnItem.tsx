import { ActionIcon, Checkbox } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';

interface Props {
  label: string;
  shown: boolean;
  onToggle: (shown: boolean) => void;
  onUp: () => void;
  onDown: () => void;
}

export function ColumnItem({ label, shown, onToggle, onUp, onDown }: Props) {
  return (
    <li className="column-item">
      <Checkbox
        size="xs"
        label={label}
        checked={shown}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      <ActionIcon size={22} aria-label={`Move ${label} up`} onClick={onUp}>
        <IconChevronUp size={14} stroke={2} />
      </ActionIcon>
      <ActionIcon size={22} aria-label={`Move ${label} down`} onClick={onDown}>
        <IconChevronDown size={14} stroke={2} />
      </ActionIcon>
    </li>
  );
}
