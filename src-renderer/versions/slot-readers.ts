import type { VersionRow } from '../../shared/model/version-row.ts';
import { containsKnownWord } from '../../shared/query/language/contains-word.ts';
import type { AmountField } from '../../shared/query/language/fields.ts';
import { versionReaders } from '../../shared/query/language/read-fields.ts';
import type { Readers } from '../../shared/query/language/readers.ts';
import type { RunNames } from './filter-rows.ts';
import type { MeasuredNumbers } from './measured-numbers.ts';

/**
 * Reads what queries ask for by slot: numbers and words from columns, which are worked out once and not with each keystroke; all else off the rows.
 * Slots without a row are not to be asked for.
 */
export function slotReaders(
  rows: readonly (VersionRow | undefined)[],
  numbers: MeasuredNumbers,
  words: () => readonly string[],
  runs: RunNames,
): Readers<number> {
  const byRow = versionReaders(({ runId = '' }) => runs.get(runId) ?? null);
  const bySlot =
    <T>(read: (row: VersionRow) => T) =>
    (slot: number): T =>
      read(rows[slot] as VersionRow);
  return {
    number: (field) => {
      const read = byRow.number(field);
      const values = numbers.of(columnOf(field, read));
      // What is NaN there may be missing.
      return (slot) => {
        const value = values[slot] ?? Number.NaN;
        return Number.isNaN(value) ? read(rows[slot] as VersionRow) : value;
      };
    },
    time: bySlot(byRow.time),
    word: (field) => bySlot(byRow.word(field)),
    list: (field) => bySlot(byRow.list(field)),
    text: (text) => {
      const [wanted, own] = [text.toLowerCase(), words()];
      const isKnown = bySlot(containsKnownWord(text));
      return (slot) => own[slot]?.includes(wanted) === true || isKnown(slot);
    },
    mark: (mark) => bySlot(byRow.mark(mark)),
  };
}

/** A metric may be called as a field is. */
function columnOf({ name, metric }: AmountField, of: (row: VersionRow) => number | null) {
  return { id: `asked ${metric ? 'metric' : 'field'}:${name}`, of };
}
