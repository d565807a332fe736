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
