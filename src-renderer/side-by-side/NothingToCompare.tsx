import { Button } from '@mantine/core';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

interface Props {
  store: RunStore;
  snapshot: VersionsSnapshot;
}

/** How versions get here, while fewer than two are chosen. */
export function NothingToCompare({ store, snapshot: { list } }: Props) {
  const { best, latest } = list;
  return (
    <div className="notice side-notice" role="status">
      <h2>Choose two versions or more</h2>
      <p>
        Press versions in the table with Ctrl or Shift, then come back: their metrics, training state and
        config stand here side by side.
      </p>
      {best && latest && best !== latest && (
        <Button onClick={() => store.chooseAll([best.handle, latest.handle])}>
          Compare the best with the latest
        </Button>
      )}
    </div>
  );
}
