import { plural } from '../format/plural.ts';

/** A run may have any number of versions; so many are listed. */
const listed = 1000;

/** One version and what becomes of it. `title` is its id; `tone` colours the word. */
export interface Change {
  id: string;
  word: string;
  tone: 'goes' | 'stays' | 'comes';
  label: string;
  why: string;
}

interface Props {
  label: string;
  changes: readonly Change[];
  /** Whether another list is on its way. */
  stale?: boolean;
  /** The one of which more is shown; without `onCurrent` there is no more to show. */
  current?: string | null;
  onCurrent?: (id: string) => void;
}

/** What would become of each version, a line each, in a list that scrolls. */
export function ChangeList({ label, changes, stale = false, current = null, onCurrent }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <ul className="change-list" aria-label={label} data-stale={stale || undefined} tabIndex={0}>
      {changes.slice(0, listed).map(({ id, word, tone, label: name, why }) => (
        <li key={id} className="change" data-tone={tone} data-change-id={id}>
          <span className="change-word">{word}</span>
          <bdi className="change-label" title={id}>
            {onCurrent ? (
              <button
                type="button"
                className="link"
                aria-pressed={id === current}
                onClick={() => onCurrent(id)}
              >
                {name}
              </button>
            ) : (
              name
            )}
          </bdi>
          <span className="change-why">{why}</span>
        </li>
      ))}
      {changes.length > listed && (
        <li className="change-more">and {plural(changes.length - listed, 'more', 'more')}</li>
      )}
    </ul>
  );
}
