import { app, nativeImage, type WebContents } from 'electron';

/** A sheet of paper, for where the system has no picture of the file. */
const plainIcon =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABgAAAAeCAYAAAA2Lt7lAAAATklEQVR42mOITin4TylmwAdACr59//GaEozXEmpYgNcSalmA0xJqWoDVEmpbgGEJLSxAsYRWFsAtGbVg1IJRC0YtGLVg1IJRC0aQBbTEAHznsGZXQTruAAAAAElFTkSuQmCC';

/** Lets the files of a run be dropped where the pointer goes, as copies. */
export async function startDrag(from: WebContents, paths: string[]): Promise<void> {
  const [file = ''] = paths;
  const own = await app.getFileIcon(file).catch(() => nativeImage.createEmpty());
  const icon = own.isEmpty() ? nativeImage.createFromDataURL(plainIcon) : own;
  from.startDrag({ file, files: paths, icon });
}
