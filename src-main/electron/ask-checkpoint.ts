import { BrowserWindow, dialog, type OpenDialogOptions, type WebContents } from 'electron';

const endings = 'pt pth ckpt safetensors zip gz pkl npy npz gguf keras h5 hdf5 msgpack bin'.split(' ');

/** Asks the person for a checkpoint; null when they think better of it. The path stays in this process. */
export async function askCheckpoint(from: WebContents, title: string): Promise<string | null> {
  const options: OpenDialogOptions = {
    title,
    properties: ['openFile'],
    filters: [
      { name: 'Checkpoints', extensions: endings },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  const window = BrowserWindow.fromWebContents(from);
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0] ?? null;
}
