import { Button } from '@mantine/core';
import './toast-words.css';

interface Props {
  words: string;
  button: string;
  /** What the button says when the pointer rests on it. */
  title?: string;
  onPress: () => void;
}

/** What a toast says, and what can be done about it. */
export function ToastWords({ words, button, title, onPress }: Props) {
  return (
    <span className="toast-words">
      <span>{words}</span>
      <Button variant="light" size="compact-sm" title={title} onClick={onPress}>
        {button}
      </Button>
    </span>
  );
}
