import { EndKept } from '../format/EndKept.tsx';
import { versionLabel } from '../format/format-version.ts';
import type { RunStore } from '../versions/run-store.ts';

/** The name of a version, which shows it. */
export function VersionLink({ store, handle }: { store: RunStore; handle: number }) {
  const row = store.snapshot().list.get(handle);
  if (!row) return 'a version';
  return (
    <button type="button" className="link" onClick={() => store.select(handle)}>
      <EndKept name={versionLabel(row)} />
    </button>
  );
}
