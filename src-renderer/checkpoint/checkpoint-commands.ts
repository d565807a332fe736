import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import { hasModelEnding } from '../../shared/model/model-endings.ts';
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

/** A file in which there is no checkpoint is read all the same where it is called one, or something is on record of it. */
export function isVerifiable({ name, recorded }: CheckpointFile, whyNot: string | null): boolean {
  return whyNot === null || recorded !== null || hasModelEnding(name);
}

/** What can be done to a checkpoint without a run. @param whyNot why it is none; null for one */
export function checkpointCommands(
  session: Session,
  checkpoint: CheckpointFile,
  { verify, compare, convert, repair }: CheckpointDeeds,
  whyNot: string | null,
): PaletteCommand[] {
  const { checkpointId, size, integrity } = checkpoint;
  const command = (id: string, label: string, run: () => void) => ({
    id: `checkpoint-${id}`,
    group: 'This file',
    label,
    run,
  });
  const ofPresent = [
    ...(isVerifiable(checkpoint, whyNot) ? [command('verify', 'Verify', verify)] : []),
    ...(whyNot === null
      ? [command('compare', 'Compare with another file…', compare), command('convert', 'Convert…', convert)]
      : []),
    ...(isRepairable(integrity) ? [command('repair', 'Repair…', repair)] : []),
    command('reveal', 'Show in folder', () => revealCheckpoint(checkpointId)),
  ];
  return [
    ...(size === null ? [] : ofPresent),
    command('close', 'Close this file', () => void session.closeCheckpoint(checkpointId)),
  ];
}
