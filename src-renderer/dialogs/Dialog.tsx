import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { memo, type ReactNode, useRef } from 'react';
import './dialogs.css';

interface Props {
  title: string;
  opened: boolean;
  /** Pixels. */
  width?: number;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A dialog over the run. What is in it begins anew each time it opens; the focus goes back to where it came from. As long as it is closed
 * nothing of it is drawn anew, whatever happens in the window: there are many.
 */
export function Dialog(props: Props) {
  // One that is there from its first moment would not know where the focus came from.
  const isMounted = useMounted();
  const opened = props.opened && isMounted;
  const last = useRef(props);
  if (opened) last.current = props;
  return <ShownDialog {...last.current} opened={opened} />;
}

const ShownDialog = memo(function ShownDialog({ title, opened, width = 720, onClose, children }: Props) {
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
});
