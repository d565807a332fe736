import type { WebContents } from 'electron';
import type { LoggedCommand, SingleCommand } from '../../shared/model/logged-command.ts';
import type { MarkChange } from '../../shared/model/mark-change.ts';
import { type Remarked, withMarkChange, withoutMarkChange } from '../core/marks/mark-change.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

export type MarkRequest = 'markVersions' | 'restoreMarks';

/** What people note of versions, and how that is taken back. */
export function createMarkHandlers(
  sessionOf: (window: WebContents) => WindowSession,
): Pick<Handlers, MarkRequest> {
  return {
    markVersions: async ({ runId, versions, change }, from) => {
      const session = sessionOf(from);
      const { manager, handles } = session.run(runId);
      const ids = versions.map((version) => handles.idOf(version));
      const remarked = await manager.mark(ids, commandOf(change), (mark, version) =>
        withMarkChange(mark, version, change),
      );
      return { undo: session.marked.keep(runId, remarked) };
    },
    restoreMarks: async ({ runId, undo }, from) => {
      const session = sessionOf(from);
      const { manager } = session.run(runId);
      const changes = session.marked.find(runId, undo);
      const present = [...changes.keys()].filter((id) => manager.row(id) !== undefined);
      await manager.mark(present, 'unmark', (mark) =>
        withoutMarkChange(mark, changes.get(mark.id) as Remarked),
      );
      return {};
    },
  };
}

/** The change as the log names it: by the command that does the same. */
function commandOf({ pinned, addTags, removeTags, notes }: MarkChange): LoggedCommand {
  const commands: SingleCommand[] = [];
  if (pinned !== null) commands.push(pinned ? 'pin' : 'unpin');
  if (addTags.length + removeTags.length > 0) commands.push('tag');
  if (notes !== null) commands.push('note');
  const [first = 'note', ...more] = commands;
  return more.length === 0 ? first : `${first}+${more.join('+')}`;
}
