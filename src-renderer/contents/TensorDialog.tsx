import { Dialog } from '../dialogs/Dialog.tsx';
import { visibleText } from '../format/visible-text.ts';
import { TensorSheet } from './TensorSheet.tsx';
import type { OpenedContents } from './useContents.ts';

interface Props {
  opened: OpenedContents;
  /** Which of its tensors. */
  place: number;
  isOpen: boolean;
  onClose: () => void;
}

/** One tensor, with room for its picture. */
export function TensorDialog({ opened, place, isOpen, onClose }: Props) {
  const tensor = opened.view.tensors[place];
  if (!tensor) return null;
  return (
    <Dialog title={visibleText(tensor.label || '(the whole)')} width={820} opened={isOpen} onClose={onClose}>
      <TensorSheet opened={opened} place={place} tensor={tensor} />
    </Dialog>
  );
}
