import { EndKept } from '../format/EndKept.tsx';
import { versionLabel } from '../format/format-version.ts';
import type { RunStore } from '../versions/run-store.ts';

interface Props {
  store: RunStore;
  handle: number;
  onShow?: () => void;
}

/** The name of a version, which shows it. */
export function VersionLink({ store, handle, onShow }: Props) {
  const row = store.snapshot().list.get(handle);
  if (!row) return 'a version';
  const show = () => {
    onShow?.();
    store.select(handle);
  };
  return (
    <button type="button" className="link" onClick={show}>
      <EndKept name={versionLabel(row)} />
    </button>
  );
}
