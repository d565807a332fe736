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
      <h2>Select two or more versions</h2>
      <p>
        Ctrl-click or Shift-click versions in the table, then come back to see their metrics, training state
        and config side by side.
      </p>
      {offer.rows.length > 1 && (
        <Button onClick={() => store.chooseAll(offer.rows.map(({ handle }) => handle))}>{offer.words}</Button>
      )}
    </div>
  );
}
