import { useCallback, useState } from 'react';
import { layoutKey, withLayout } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { emptyLayout, type TableLayout } from './table-layout.ts';

/**
 * The layout of a run's table. Until the user arranges something it is the one remembered for the run's metrics, which
 * become known as rows arrive; from then on it is the user's own, and remembered.
 */
export function useTableLayout(
  metricNames: readonly string[],
): [TableLayout, (change: (layout: TableLayout) => TableLayout) => void] {
  const key = layoutKey(metricNames);
  const remembered = usePreferences().layouts.get(key) ?? emptyLayout;
  const [own, setOwn] = useState<TableLayout | null>(null);
  const layout = own ?? remembered;
  const change = useCallback(
    (update: (layout: TableLayout) => TableLayout) => {
      const changed = update(layout);
      setOwn(changed);
      changePreferences((preferences) => withLayout(preferences, key, changed));
    },
    [key, layout],
  );
  return [layout, change];
}
