import type { Integrity } from '../../shared/model/integrity.ts';
import { integrityWord } from './integrity-words.ts';
import './integrity-mark.css';

/** A state as icon, word and colour; the word alone says it all. */
export function IntegrityMark({ state, cause }: Pick<Integrity, 'state' | 'cause'>) {
  return (
    <span className="integrity" data-state={state} data-cause={cause ?? undefined}>
      {integrityWord({ state, cause })}
    </span>
  );
}
