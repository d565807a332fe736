interface Props {
  pinned: boolean;
  selected: boolean;
  /** The version's short name. */
  name: string;
}

/** A pin to press; the rows around listen for it. */
export function PinCell({ pinned, selected, name }: Props) {
  return (
    <button
      type="button"
      className="pin-toggle"
      tabIndex={selected ? 0 : -1}
      aria-pressed={pinned}
      aria-label={`Pin ${name}`}
    />
  );
}
