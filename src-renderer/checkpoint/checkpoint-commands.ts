import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import { isRepairable } from '../convert/is-repairable.ts';
import type { PaletteCommand } from '../palette/palette-command.ts';
import type { Session } from '../session/session.ts';

/** What this part of the screen does itself. */
export interface CheckpointDeeds {
  verify: () => void;
  compare: () => void;
  convert: () => void;
  repair: () => void;
}

export function revealCheckpoint(checkpointId: string): void {
  void valueOrNotice(window.cairn.request('revealCheckpoint', { checkpointId }));
}

/** What can be done to a checkpoint without a run. */
export function checkpointCommands(
  session: Session,
  { checkpointId, size, integrity }: CheckpointFile,
  { verify, compare, convert, repair }: CheckpointDeeds,
): PaletteCommand[] {
  const command = (id: string, label: string, run: () => void) => ({
    id: `checkpoint-${id}`,
    group: 'This file',
    label,
    run,
  });
  const ofPresent = [
    command('verify', 'Verify', verify),
    command('compare', 'Compare with another file…', compare),
    command('convert', 'Convert…', convert),
    ...(isRepairable(integrity) ? [command('repair', 'Repair…', repair)] : []),
    command('reveal', 'Show in folder', () => revealCheckpoint(checkpointId)),
  ];
  return [
    ...(size === null ? [] : ofPresent),
    command('close', 'Close this file', () => void session.closeCheckpoint(checkpointId)),
  ];
}
