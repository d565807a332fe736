import { app } from 'electron';
import type { Environment } from '../../shared/ipc/contract.ts';

/** The oldest major version of Electron that still gets security fixes as this version of Cairn is made. */
const oldestSupported = 43;

/** What Cairn runs on. `runtimeNote` says what is not as it should be. */
export function describeEnvironment(): Environment {
  const { electron = '', chrome = '', node } = process.versions;
  const isOld = Number.parseInt(electron, 10) < oldestSupported;
  return {
    appVersion: app.getVersion(),
    electron,
    chrome,
    node,
    platform: `${process.platform} ${process.arch}`,
    runtimeNote: isOld
      ? `Electron ${electron} no longer gets security fixes: good for development, not for every day.`
      : null,
  };
}
