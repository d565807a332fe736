import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  readOnly: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A button for what writes into the run; where that must not be, it stays reachable to say why. */
export function WritingButton({ readOnly, onClick, ...rest }: Props) {
  return (
    <Tooltip
      label="This run is read-only, or someone else’s: Cairn does not write to it."
      disabled={!readOnly}
      events={{ hover: true, focus: true, touch: false }}
    >
      <Button {...rest} {...(readOnly ? { 'data-disabled': true, 'aria-disabled': true } : { onClick })} />
    </Tooltip>
  );
}
