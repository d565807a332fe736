import { versionsAre } from '../format/plural.ts';

/** How many versions came back as something was taken back, and how many left. */
export interface Undone {
  restored: number;
  removed: number;
}

/** What taking something back came to: `2 versions are back, 1 version is in the trash`. */
export function undoneWords({ restored, removed }: Undone): string {
  const words = [
    ...(restored > 0 ? [`${versionsAre(restored)} back`] : []),
    ...(removed > 0 ? [`${versionsAre(removed)} in the trash`] : []),
  ];
  return words.length > 0 ? words.join(', ') : 'No version had to change';
}
