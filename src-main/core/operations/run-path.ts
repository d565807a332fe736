import { sep } from 'node:path';

/** Names that are devices on Windows, whatever ending they have. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i;
/** What no name of a file can hold there, or holds with a meaning of its own: a drive, a stream, another separator. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are among them
const special = /[\u0000-\u001f"*:<>?\\|]|[. ]$/;

/** Whether a text is a path below the run, with `/`, that can lead nowhere else; on Windows more can. */
export function isRunPath(path: string, onWindows = sep === '\\'): boolean {
  if (path.includes('\0')) return false;
  const parts = path.split('/');
  return parts.every(isName) && (!onWindows || parts.every(isWindowsName));
}

function isName(part: string): boolean {
  return part !== '' && part !== '.' && part !== '..';
}

function isWindowsName(part: string): boolean {
  return !special.test(part) && !device.test(part);
}
