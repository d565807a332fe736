import { JsonEntries } from './JsonEntries.tsx';
import { entriesOf } from './version-details.ts';

interface Props {
  title: string;
  value: unknown;
  open?: boolean;
}

/** A titled part of a version's record that can be folded; nothing at all when it is empty. */
export function JsonSection({ title, value, open = false }: Props) {
  if (entriesOf(value).length === 0) return null;
  return (
    <details className="json-section" open={open}>
      <summary>{title}</summary>
      <JsonEntries value={value} />
    </details>
  );
}
