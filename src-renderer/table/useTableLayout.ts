import { useCallback, useState } from 'react';
import { layoutUnder, withLayout } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { emptyLayout, type TableLayout } from './table-layout.ts';

/**
 * The layout of a table. Until the user arranges something it is the one that was remembered last under these keys, which for a run are
 * its metrics, that become known as rows arrive, and its folder; from then on it is the user's own, and remembered.
 * @param keys memoize them
 */
export function useTableLayout(
  keys: readonly string[],
): [TableLayout, (change: (layout: TableLayout) => TableLayout) => void] {
  const remembered = layoutUnder(usePreferences(), keys) ?? emptyLayout;
  const [own, setOwn] = useState<TableLayout | null>(null);
  const layout = own ?? remembered;
  const change = useCallback(
    (update: (layout: TableLayout) => TableLayout) => {
      const changed = update(layout);
      setOwn(changed);
      changePreferences((preferences) => withLayout(preferences, keys, changed));
    },
    [keys, layout],
  );
  return [layout, change];
}
