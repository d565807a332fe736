import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import type { ReactNode } from 'react';
import './dialogs.css';

interface Props {
  title: string;
  opened: boolean;
  /** Pixels. */
  width?: number;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog over the run. What is in it begins anew each time it opens; the focus goes back to where it came from. */
export function Dialog({ title, opened, width = 720, onClose, children }: Props) {
  // One that is there from its first moment would not know where the focus came from.
  const isMounted = useMounted();
  return (
    <Modal
      opened={opened && isMounted}
      onClose={onClose}
      title={<span title={title}>{title}</span>}
      size={width}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: 'dialog-title', body: 'dialog-body' }}
    >
      {children}
    </Modal>
  );
}
