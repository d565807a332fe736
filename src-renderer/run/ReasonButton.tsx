import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  /** Why it cannot be pressed; null where it can. */
  why: string | null;
  /** What it does, where it can be pressed. */
  title?: string;
  onClick: () => void;
  children: ReactNode;
}

/** A button that stays reachable where it cannot be pressed, to say why. */
export function ReasonButton({ why, title, onClick, ...rest }: Props) {
  return (
    <Tooltip
      label={why}
      multiline
      w={280}
      disabled={why === null}
      events={{ hover: true, focus: true, touch: false }}
    >
      <Button
        {...rest}
        {...(why === null ? { onClick, title } : { 'data-disabled': true, 'aria-disabled': true })}
      />
    </Tooltip>
  );
}
