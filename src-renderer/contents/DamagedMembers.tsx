import { formatCount } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { problemAdvice } from './problem-advice.ts';

/** So many are named: where a disk fails, it may be all. */
const mostNamed = 6;

/** What measuring found of bytes that are not those that were saved. */
export function DamagedMembers({ damaged }: { damaged: readonly string[] }) {
  if (damaged.length === 0) return null;
  const more = damaged.length - mostNamed;
  return (
    <section className="contents-problems" aria-label="Damaged bytes">
      <h3>Bytes of this file are damaged</h3>
      <ul>
        {damaged.slice(0, mostNamed).map((problem) => (
          <li key={problem}>{visibleText(problem)}</li>
        ))}
        {more > 0 && <li>and {formatCount(more)} more</li>}
      </ul>
      <p>{problemAdvice()}</p>
    </section>
  );
}
