import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { ContentsTab } from '../contents/ContentsTab.tsx';

/** What is in the file, read anew when it is another. */
export function CheckpointContents({ checkpoint }: { checkpoint: CheckpointFile }) {
  const { checkpointId, path, size, modifiedAt } = checkpoint;
  if (size === null) return null;
  return (
    <ContentsTab
      state={`${checkpointId} ${size} ${modifiedAt}`}
      path={path}
      open={() => window.cairn.request('openCheckpoint', { checkpointId })}
    />
  );
}
