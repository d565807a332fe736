import { BrowserWindow, dialog, type WebContents } from 'electron';

const kinds = {
  npy: 'NumPy array',
  csv: 'Comma-separated values',
  json: 'JSON',
  html: 'Web page',
};

/** Asks the person for a file to write; null when they think better of it. */
export async function askTarget(
  from: WebContents,
  title: string,
  suggested: string,
  format: keyof typeof kinds,
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(from);
  const options = {
    title,
    defaultPath: suggested,
    filters: [{ name: kinds[format], extensions: [format] }],
  };
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (!filePath) return null;
  return filePath.endsWith(`.${format}`) ? filePath : `${filePath}.${format}`;
}
