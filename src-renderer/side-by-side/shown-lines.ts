import type { ComparedRow, ComparedSection } from './comparison.ts';

/** A line of the table: the title of a section, or one value of all versions. */
export type ShownLine =
  | { kind: 'title'; title: string; hidden: number }
  | { kind: 'value'; row: ComparedRow };

export interface LineChoice {
  /** Leaves out what is equal in all versions. */
  differencesOnly: boolean;
  /** Words that a label must contain; none for all. */
  words: string;
}

/** What is shown of the sections, with how much of each is left out; a section whose lines are all left out keeps its title. */
export function shownLines(sections: readonly ComparedSection[], choice: LineChoice): ShownLine[] {
  const wanted = choice.words.trim().toLowerCase();
  const isShown = ({ label, differs }: ComparedRow) =>
    (differs || !choice.differencesOnly) && label.toLowerCase().includes(wanted);
  return sections.flatMap(({ title, rows }) => {
    const shown = rows.filter(isShown);
    const lines = shown.map((row) => ({ kind: 'value' as const, row }));
    return [{ kind: 'title' as const, title, hidden: rows.length - shown.length }, ...lines];
  });
}
