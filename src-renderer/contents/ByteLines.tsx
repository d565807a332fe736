import { byteLines } from './byte-lines.ts';

/** Bytes in lines of sixteen, each led by its place. */
export function ByteLines({ from, figures }: { from: number; figures: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className="byte-lines" tabIndex={0} aria-label="Bytes">
      <pre>{byteLines(from, figures).join('\n')}</pre>
    </section>
  );
}
