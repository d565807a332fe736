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
  const of = rows.map(({ handle }) => handle).join();
  return (
    <section className="marks" aria-label="Tags and note">
      <TagsField key={`tags ${of}`} store={store} rows={rows} />
      <NotesField key={`note ${of}`} rows={rows} />
    </section>
  );
}
