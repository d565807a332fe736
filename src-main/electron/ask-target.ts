import { BrowserWindow, dialog } from 'electron';
import type { AskTarget, ExportFormat } from './export-target.ts';

const kinds: Record<ExportFormat, string> = {
  npz: 'NumPy arrays in one file',
  npy: 'NumPy array',
  csv: 'Comma-separated values',
  json: 'JSON',
  md: 'Markdown',
  html: 'Web page',
  png: 'PNG picture',
  svg: 'SVG drawing',
  pt: 'PyTorch checkpoint',
  safetensors: 'Safetensors',
};

/** Asks by the dialog of the system. */
export const askTarget: AskTarget = async (from, title, suggested, format) => {
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
};
