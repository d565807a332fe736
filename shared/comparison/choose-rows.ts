import type { ComparedRow, ComparedSection } from './compare-versions.ts';

export interface RowChoice {
  /** Leaves out what is equal in all versions. */
  differencesOnly: boolean;
  /** Words that a label must contain; none for all. */
  words: string;
}

/** A section with the rows of it that are shown, and how many are left out. */
export interface ShownSection extends ComparedSection {
  hidden: number;
}

/** What is shown of the sections; one whose rows are all left out stays. */
export function chooseRows(sections: readonly ComparedSection[], choice: RowChoice): ShownSection[] {
  const wanted = choice.words.trim().toLowerCase();
  const isShown = ({ label, differs }: ComparedRow) =>
    (differs || !choice.differencesOnly) && label.toLowerCase().includes(wanted);
  return sections.map(({ title, rows }) => {
    const shown = rows.filter(isShown);
    return { title, rows: shown, hidden: rows.length - shown.length };
  });
}
