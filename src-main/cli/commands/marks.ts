import { stringifyJson } from '../../../shared/model/json.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import type { Mark } from '../../core/marks/marks.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';
import { loadRun, type WritingOptions, waitOf } from './load-run.ts';
import { resolveWord } from './resolve-word.ts';

/** `cairn pin` and `cairn unpin`. */
export function pin(
  folder: string,
  word: string,
  pinned: boolean,
  options: WritingOptions,
): Promise<ExitCode> {
  return change(folder, word, pinned ? 'pin' : 'unpin', options, () => (mark) => ({ ...mark, pinned }));
}

/** `cairn note`. */
export function note(folder: string, word: string, text: string, options: WritingOptions): Promise<ExitCode> {
  return change(folder, word, 'note', options, () => (mark) => ({ ...mark, notes: text }));
}

/** `cairn tag`: `+T` adds, `-T` removes, and a bare word adds too. @throws UsageError for an empty tag */
export function tag(
  folder: string,
  word: string,
  changes: string[],
  options: WritingOptions,
): Promise<ExitCode> {
  if (changes.length === 0 || changes.some((text) => text.replace(/^[+-]/, '').trim() === ''))
    throw new UsageError('no tag given — +TAG adds one, -TAG removes it — such as +candidate');
  return change(folder, word, 'tag', options, (tags) => (mark) => ({
    ...mark,
    tags: withChanges(mark.tags ?? tags, changes),
  }));
}

function withChanges(tags: readonly string[], changes: readonly string[]): string[] {
  const result = new Set(tags);
  for (const text of changes) {
    if (text.startsWith('-')) result.delete(text.slice(1));
    else result.add(text.replace(/^\+/, ''));
  }
  return [...result];
}

async function change(
  folder: string,
  word: string,
  command: string,
  options: WritingOptions,
  makeChange: (tags: readonly string[]) => (mark: Mark) => Mark,
): Promise<ExitCode> {
  const manager = await loadRun(folder, waitOf(options));
  const id = await resolveWord(manager, word);
  await manager.mark(id, command, makeChange(manager.describe(id).tags));
  const version = manager.version(id);
  const text = `${escapeName(id)}: ${version?.pinned ? 'pinned' : 'not pinned'}, tags ${version?.tags.join(', ') || '–'}\n`;
  await writeOut([options.json ? `${stringifyJson(version)}\n` : text]);
  return exitCodes.done;
}
