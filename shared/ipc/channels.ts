/** The names of everything that crosses between the window and the main process; their shapes are in contract.ts. */
export const requestNames = [
  'getEnvironment',
  'chooseRun',
  'openDropped',
  'openSampleRun',
  'openRecent',
  'forgetRecent',
  'listRecents',
  'listRuns',
  'closeRun',
  'listVersions',
  'showVersion',
  'verifyRun',
  'cancelTask',
  'copyChecksum',
  'revealVersion',
  'planPrune',
  'prune',
  'moveToTrash',
  'listTrash',
  'undo',
  'emptyTrash',
  'pinVersion',
  'chooseBackupPlace',
  'backUp',
  'verifyBackup',
  'deleteBackup',
  'listBackups',
  'planRestore',
  'restore',
  'openContents',
  'closeContents',
  'measureTensors',
  'countBins',
  'peekTensor',
  'exportTensor',
  'compareVersions',
  'measureRun',
  'awaitWork',
  'saveChart',
] as const;
export type RequestName = (typeof requestNames)[number];

export const eventNames = [
  'runChanged',
  'runShown',
  'runClosed',
  'versionsChanged',
  'taskProgressed',
  'workProgressed',
  'failureMet',
] as const;
export type EventName = (typeof eventNames)[number];

/** The channel of a request or event on the wire. */
export function channelOf(name: RequestName | EventName): string {
  return `cairn:${name}`;
}
