import { Fragment } from 'react';

/** A name of several parts, `trunk.0.weight`, which goes on in the next line after a dot or a slash rather than within a word. */
export function BreakableName({ name }: { name: string }) {
  const parts = name.split(/(?<=[./])/);
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
