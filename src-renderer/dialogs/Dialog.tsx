import { Modal } from '@mantine/core';
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
  return (
    <Modal
      opened={opened}
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
