import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { sideBySideRequests } from '../../shared/ipc/side-by-side-contract.ts';
import { realDisk } from '../core/files/disk.ts';
import { writeNewFile } from '../core/files/write-new-file.ts';
import { sideBySideText } from '../core/tabular/side-by-side-text.ts';
import { type AskTarget, suggestName } from './export-target.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** Takes out of a run what its versions say side by side. */
export function createSideBySideHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  outside: { copy: (text: string) => void; askTarget: AskTarget },
): Pick<Handlers, keyof typeof sideBySideRequests> {
  const read = (
    { runId, versions, baseline, rows }: Parameters<Handlers['copySideBySide']>[0],
    format: 'csv' | 'md',
    from: WebContents,
  ) => {
    const { manager, handles } = sessionOf(from).run(runId);
    const ids = versions.map((version) => handles.idOf(version));
    return { name: basename(manager.root), text: sideBySideText(manager, { ids, baseline, rows }, format) };
  };
  return {
    copySideBySide: (shown, from) => {
      outside.copy(read(shown, 'md', from).text);
      return {};
    },
    exportSideBySide: async ({ format, ...shown }, from) => {
      // Before the person is asked: what was shown then is what they get.
      const { name, text } = read(shown, format, from);
      const suggested = suggestName(`${name}-side-by-side`, format, 'side-by-side');
      const target = await outside.askTarget(from, 'Export side by side', suggested, format);
      if (target === null) return { written: null };
      const { path, size } = await writeNewFile(realDisk, target, [Buffer.from(text)]);
      return { written: { label: basename(path), bytes: size } };
    },
  };
}
