import { Button } from '@mantine/core';
import './work-bar.css';

interface Props {
  /** What is being done. */
  words: string;
  share: number | null;
  onCancel: () => void;
}

/** Work that is going on: a bar and the way to stop it. What is over in a moment is never seen. */
export function WorkBar({ words, share, onCancel }: Props) {
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div className="work-bar" role="status">
      <span>
        {words}
        {percent !== null && ` ${percent} %`}
      </span>
      <div
        className="task-bar"
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
      >
        <div className="task-bar-done" style={{ transform: `scaleX(${share ?? 0})` }} />
      </div>
      <Button size="compact-xs" variant="default" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
