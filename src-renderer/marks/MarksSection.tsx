import type { VersionRow } from '../../shared/model/version-row.ts';
import type { RunStore } from '../versions/run-store.ts';
import { NotesField } from './NotesField.tsx';
import { TagsField } from './TagsField.tsx';
import './marks.css';

interface Props {
  store: RunStore;
  /** The versions whose tags and note these are. */
  rows: readonly VersionRow[];
}

/** What a person noted of versions, to read and to change in place. */
export function MarksSection({ store, rows }: Props) {
  return (
    <section className="marks" aria-label="Tags and note">
      <TagsField store={store} rows={rows} />
      <NotesField key={rows.map(({ handle }) => handle).join()} runId={store.runId} rows={rows} />
    </section>
  );
}
