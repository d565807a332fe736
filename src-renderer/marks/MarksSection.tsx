import type { VersionRow } from '../../shared/model/version-row.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { MarksFields } from './MarksFields.tsx';
import './marks.css';

interface Props {
  store: VersionsStore;
  /** The versions whose tags and note these are. */
  rows: readonly VersionRow[];
}

/** What a person noted of versions, to read and to change in place. */
export function MarksSection({ store, rows }: Props) {
  const of = rows.map(({ handle }) => handle).join();
  return (
    <section className="marks" aria-label="Tags and note">
      <MarksFields key={of} store={store} rows={rows} />
    </section>
  );
}
