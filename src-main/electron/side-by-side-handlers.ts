import { basename } from 'node:path';
import type { WebContents } from 'electron';
import type { sideBySideRequests } from '../../shared/ipc/side-by-side-contract.ts';
import { realDisk } from '../core/files/disk.ts';
import { writeNewFile } from '../core/files/write-new-file.ts';
import type { SideVersion } from '../core/tabular/read-side-by-side.ts';
import { sideBySideText } from '../core/tabular/side-by-side-text.ts';
import { type AskTarget, suggestName } from './export-target.ts';
import { findVersions } from './find-versions.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

/** Takes out of runs what their versions say side by side. */
export function createSideBySideHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  outside: { copy: (text: string) => void; askTarget: AskTarget },
): Pick<Handlers, keyof typeof sideBySideRequests> {
  const read = async (
    { versions: handles, ...shown }: Parameters<Handlers['copySideBySide']>[0],
    format: 'csv' | 'md',
    from: WebContents,
  ) => {
    const versions = versionsBeside(sessionOf(from), handles);
    const [name = '', ...others] = new Set(versions.map(({ runName }) => runName));
    return {
      name: others.length > 0 ? 'runs' : basename(name),
      text: await sideBySideText({ ...shown, versions }, format),
    };
  };
  return {
    copySideBySide: async (shown, from) => {
      outside.copy((await read(shown, 'md', from)).text);
      return {};
    },
    exportSideBySide: async ({ format, ...shown }, from) => {
      // Before the person is asked: what was shown then is what they get.
      const { name, text } = await read(shown, format, from);
      const suggested = suggestName(`${name}-side-by-side`, format, 'side-by-side');
      const target = await outside.askTarget(from, 'Export side by side', suggested, format);
      if (target === null) return { written: null };
      const { path, size } = await writeNewFile(realDisk, target, [Buffer.from(text)]);
      return { written: sessionOf(from).written.tell(path, size) };
    },
  };
}

/** With what the window calls their runs. @throws NoSuchHandleError */
function versionsBeside(session: WindowSession, handles: readonly number[]): SideVersion[] {
  return findVersions(session, handles).map(({ run, id }) => ({ run: run.reader, runName: run.name, id }));
}
