import { missing } from '../format/format-number.ts';

interface Props {
  checksum: string | null;
  selected: boolean;
  copied: boolean;
}

/** The first twelve figures. A click on them, or Enter when focused, copies them all: the rows around listen for it. */
export function ChecksumCell({ checksum, selected, copied }: Props) {
  if (checksum === null) return missing;
  const shown = checksum.slice(0, 12);
  return (
    <button
      type="button"
      className="checksum"
      data-copied={copied || undefined}
      tabIndex={selected ? 0 : -1}
      aria-label={copied ? 'Checksum copied' : `Copy checksum ${shown}`}
    >
      {shown}
    </button>
  );
}
