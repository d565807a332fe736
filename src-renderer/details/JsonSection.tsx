import { JsonEntries } from './JsonEntries.tsx';
import { entriesOf } from './version-details.ts';

interface Props {
  title: string;
  value: unknown;
  open?: boolean;
  /** Whether there is more than is told. */
  isCut?: boolean;
}

/** A titled part of a version's record that can be folded; nothing at all when it is empty. */
export function JsonSection({ title, value, open = false, isCut = false }: Props) {
  if (entriesOf(value).length === 0) return null;
  return (
    <details className="json-section" open={open}>
      <summary>{title}</summary>
      {isCut && (
        <p className="json-cut">This is very long: “…” stands where it is cut. The file has all of it.</p>
      )}
      <JsonEntries value={value} />
    </details>
  );
}
