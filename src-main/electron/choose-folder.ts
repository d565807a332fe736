import { BrowserWindow, dialog, type WebContents } from 'electron';

/** Asks the person for a folder; null when they think better of it. The path stays in this process. */
export async function chooseFolder(
  from: WebContents,
  title: string,
  properties: ('openDirectory' | 'createDirectory')[] = ['openDirectory'],
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(from);
  const options = { title, properties };
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}

/** What a file is to be called, and which kind of file it is. */
export interface FileQuestion {
  title: string;
  suggested: string;
  name: string;
  ending: string;
}

/** Asks the person for a file to write, whose name gets the ending of its kind; null when they think better of it. */
export async function chooseFile(
  from: WebContents,
  { title, suggested, name, ending }: FileQuestion,
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(from);
  const options = { title, defaultPath: suggested, filters: [{ name, extensions: [ending] }] };
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (!filePath) return null;
  return filePath.endsWith(`.${ending}`) ? filePath : `${filePath}.${ending}`;
}
