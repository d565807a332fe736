import { Button } from '@mantine/core';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { VersionsStore } from '../versions/versions-store.ts';

/** Versions that are worth a comparison. */
export interface ComparisonOffer {
  words: string;
  rows: readonly VersionRow[];
}

interface Props {
  store: VersionsStore;
  offer: ComparisonOffer;
}

/** How versions get here, while fewer than two are chosen. */
export function NothingToCompare({ store, offer }: Props) {
  return (
    <div className="notice side-notice" role="status">
      <h2>Choose two versions or more</h2>
      <p>
        Press versions in the table with Ctrl or Shift, then come back: their metrics, training state and
        config stand here side by side.
      </p>
      {offer.rows.length > 1 && (
        <Button onClick={() => store.chooseAll(offer.rows.map(({ handle }) => handle))}>{offer.words}</Button>
      )}
    </div>
  );
}
