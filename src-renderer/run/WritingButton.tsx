import type { ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { ReasonButton } from './ReasonButton.tsx';
import { readOnlyWords } from './read-only-words.ts';

interface Props extends ButtonProps {
  readOnly: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A button for what writes into the run. */
export function WritingButton({ readOnly, ...rest }: Props) {
  return <ReasonButton {...rest} why={readOnly ? readOnlyWords : null} />;
}
