import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { ContentsView } from '../../shared/model/contents-view.ts';
import { ContentsTab } from '../contents/ContentsTab.tsx';

interface Props {
  checkpoint: CheckpointFile;
  onLooked: (view: ContentsView) => void;
}

/** Tells a file, and its state, from others. */
export function stateOf({ checkpointId, size, modifiedAt }: CheckpointFile): string {
  return `${checkpointId} ${size} ${modifiedAt}`;
}

/** What is in the file, read anew when it is another. */
export function CheckpointContents({ checkpoint, onLooked }: Props) {
  const { checkpointId, path, size } = checkpoint;
  if (size === null) return null;
  return (
    <ContentsTab
      state={stateOf(checkpoint)}
      path={path}
      onLooked={onLooked}
      open={() => window.cairn.request('openCheckpoint', { checkpointId })}
    />
  );
}
