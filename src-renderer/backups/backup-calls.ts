import type { Call } from '../../shared/command/equivalent-command.ts';
import type { RunPart } from './backed-up-parts.ts';
import type { BackupPlace } from './PlaceField.tsx';

/** So many versions are named: more fit into no terminal, and are slow to quote at each key. */
const mostNamed = 500;

/**
 * The calls of the command line that back these up, one for each run; none where they would name too many versions.
 * @param place null for with the run
 */
export function backupCalls(
  parts: readonly RunPart[],
  place: BackupPlace | null,
  label: string | null,
): Call[] {
  const named = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  if (named > mostNamed) return [];
  return parts.map(({ run: { folder }, rows }) => ({
    command: 'backup',
    options: [
      ['--to', place?.shown ?? null],
      ['--label', label],
    ],
    words: [folder, ...rows.map(({ id }) => id)],
  }));
}
