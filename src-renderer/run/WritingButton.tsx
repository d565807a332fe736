import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { readOnlyWords } from './read-only-words.ts';

interface Props extends ButtonProps {
  readOnly: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A button for what writes into the run; where that must not be, it stays reachable to say why. */
export function WritingButton({ readOnly, onClick, ...rest }: Props) {
  return (
    <Tooltip
      label={readOnlyWords}
      multiline
      w={280}
      disabled={!readOnly}
      events={{ hover: true, focus: true, touch: false }}
    >
      <Button {...rest} {...(readOnly ? { 'data-disabled': true, 'aria-disabled': true } : { onClick })} />
    </Tooltip>
  );
}
