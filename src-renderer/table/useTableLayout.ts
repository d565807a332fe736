import { useCallback, useState } from 'react';
import { withLayout } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { emptyLayout, type TableLayout } from './table-layout.ts';

/**
 * The layout of a table. Until the user arranges something it is the one remembered under the key, which for a run are its metrics
 * and become known as rows arrive; from then on it is the user's own, and remembered.
 */
export function useTableLayout(
  key: string,
): [TableLayout, (change: (layout: TableLayout) => TableLayout) => void] {
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
