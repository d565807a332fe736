import { equivalentCommand } from '../../../shared/command/equivalent-command.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { stayWords } from '../../core/config/limit-words.ts';
import { isPackedName, packedWords } from '../../core/formats/gzip/packed-words.ts';
import { plural } from '../../core/formats/plain-text.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import type { Replacement, Saved } from '../../core/save/save-request.ts';
import { formatBytes } from './format-values.ts';

/** What a save did, for people: what is stored, what it replaced, what left the run because of it, and how that comes back. */
export function* formatSaved(manager: ModelManager, saved: Saved): Generator<string> {
  const { id, size, checksum, companions, replaced, pruned } = saved;
  yield `saved ${escapeName(id)}  ${formatBytes(size)}  sha256 ${checksum}\n`;
  if (isPackedName(id)) yield `  ${packedWords}\n`;
  yield* companions.map((each) => `  with ${escapeName(each.id, 400)}  ${formatBytes(each.size)}\n`);
  if (replaced) yield `${replacedWords(replaced)}\n`;
  if (pruned.length > 0) yield* formatPruned(manager, saved);
  const operation = saved.pruning ?? replaced?.operation;
  if (typeof operation !== 'string') return;
  const undo = equivalentCommand({ command: 'undo', words: [manager.root, operation] }, 'posix');
  const stays = saved.pruning === null ? replaced?.stays : saved.stays;
  const stay = stays ? 'until somebody empties that' : stayWords(manager.settings.trash);
  yield `Kept there ${stay}. To bring it back: ${undo}\n`;
}

function* formatPruned({ config, metric }: ModelManager, { pruned, copies }: Saved): Generator<string> {
  const rule = `this run keeps its ${plural(config.max_best_models, 'best model')} by ${escapeName(metric.name)}`;
  yield `${plural(pruned.length, 'version')} moved to the trash, for ${rule}:\n`;
  for (const id of pruned) {
    // It may be better than others that stay.
    const why = copies?.get(id);
    yield `  ${escapeName(id, 400)}${why === undefined ? '' : `: ${escapeName(why, 400)}`}\n`;
  }
}

function replacedWords({ operation, backup }: Replacement): string {
  const places = [backup && escapeName(backup, 400), operation && 'in the trash'].filter(Boolean);
  if (places.length > 0) return `The file that had this name is kept: ${places.join(' and ')}`;
  return 'The file that had this name is deleted, as backup_before_overwrite: false asks';
}
