import type { ShownSection } from '../../shared/comparison/choose-rows.ts';
import type { ComparedRow } from '../../shared/comparison/compare-versions.ts';

/** A line of the table: the title of a section, or one value of all versions. */
export type ShownLine =
  | { kind: 'title'; title: string; hidden: number }
  | { kind: 'value'; row: ComparedRow };

/** The sections as lines, each led by its title. */
export function shownLines(sections: readonly ShownSection[]): ShownLine[] {
  return sections.flatMap(({ title, rows, hidden }) => [
    { kind: 'title' as const, title, hidden },
    ...rows.map((row) => ({ kind: 'value' as const, row })),
  ]);
}
