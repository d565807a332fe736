import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * electron-builder leaves this in when it is given an unpacked Electron: the app that runs folders named on the
 * command line, which has no place in what is shipped.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function removeDefaultApp({ packager, appOutDir }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
