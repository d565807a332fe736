import { join } from 'node:path';
import { stringifyJson } from '../../../shared/model/json.ts';
import type { LoggedCommand } from '../../../shared/model/logged-command.ts';
import { type MarkChange, noChange } from '../../../shared/model/mark-change.ts';
import type { Version } from '../../../shared/model/version.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { withMarkChange } from '../../core/marks/mark-change.ts';
import { ownFolder } from '../../core/operations/operation.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';
import { loadRun, openingOf, printNotice, type WritingOptions } from './load-run.ts';
import { resolveWord } from './resolve-word.ts';

/** `cairn pin` and `cairn unpin`. */
export function pin(
  folder: string,
  word: string,
  pinned: boolean,
  options: WritingOptions,
): Promise<ExitCode> {
  return change(folder, word, pinned ? 'pin' : 'unpin', options, { ...noChange, pinned }, tellPin);
}

/** `cairn note`. */
export function note(
  folder: string,
  word: string,
  notes: string,
  options: WritingOptions,
): Promise<ExitCode> {
  return change(folder, word, 'note', options, { ...noChange, notes }, tellNote);
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
  return change(folder, word, 'tag', options, { ...noChange, ...tagChange(changes) }, tellTags);
}

/** Of what is said twice of a tag, the last counts. */
function tagChange(changes: readonly string[]): Pick<MarkChange, 'addTags' | 'removeTags'> {
  const isAdded = new Map(changes.map((text) => [text.replace(/^[+-]/, ''), !text.startsWith('-')] as const));
  const tags = [...isAdded.keys()];
  return {
    addTags: tags.filter((each) => isAdded.get(each)),
    removeTags: tags.filter((each) => !isAdded.get(each)),
  };
}

type Tell = (version: Version | undefined) => string;

const tellPin: Tell = (version) => (version?.pinned ? 'pinned: no rule removes it' : 'not pinned any more');

const tellNote: Tell = (version) =>
  version?.notes ? `the note is now “${escapeName(version.notes, 400)}”` : 'it has no note now';

const tellTags: Tell = (version) => {
  const tags = version?.tags.map((each) => escapeName(each)) ?? [];
  return tags.length === 0 ? 'it has no tags now' : `its tags are now ${tags.join(', ')}`;
};

async function change(
  folder: string,
  word: string,
  command: LoggedCommand,
  options: WritingOptions,
  marking: MarkChange,
  done: Tell,
): Promise<ExitCode> {
  const manager = await loadRun(folder, openingOf(options));
  const id = await resolveWord(manager, word);
  await manager.mark([id], command, (mark, version) => withMarkChange(mark, version, marking));
  await manager.readOwnRecords([id]);
  const version = manager.version(id);
  const text = `${escapeName(id)}: ${done(version)}\n`;
  if (manager.bookkeeping !== join(manager.root, ownFolder))
    printNotice(
      `kept in your own notes alone: ${escapeName(folder, 400)} is read-only or belongs to someone else, and whoever writes to it, prunes it or looks at it does not see this`,
    );
  await writeOut([options.json ? `${stringifyJson(version)}\n` : text]);
  return exitCodes.done;
}
