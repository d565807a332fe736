import { isNearlyFull } from '../files/reserve.ts';
import type { Writing } from '../operations/write-run.ts';
import { tellEmptying } from './tell-emptying.ts';

/** What is in the trash takes the room that it took before: where a disk has none left, that is said, and the way on. */
export function tellFullDisk({ root, onNotice }: Writing, operation: string): void {
  if (!isNearlyFull(root)) return;
  onNotice?.(
    `what was moved takes as much room as before — it waits in the trash, and the disk is full — empty the trash to make room: ${tellEmptying(root, operation)}`,
  );
}
