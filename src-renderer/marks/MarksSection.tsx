import type { VersionRow } from '../../shared/model/version-row.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { NotesField } from './NotesField.tsx';
import { TagsField } from './TagsField.tsx';
import './marks.css';

interface Props {
  store: VersionsStore;
  /** The versions whose tags and note these are. */
  rows: readonly VersionRow[];
}

/** What a person noted of versions, to read and to change in place. */
export function MarksSection({ store, rows }: Props) {
  return (
    <section className="marks" aria-label="Tags and note">
      <TagsField store={store} rows={rows} />
      <NotesField key={rows.map(({ handle }) => handle).join()} rows={rows} />
    </section>
  );
}
