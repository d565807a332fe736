import { valueOrNotice } from '../bridge/show-failure.ts';

let underWay = 0;

/** Whether what is dragged over the window are versions of a run that is open in it: to let them go here opens nothing. */
export function isOwnDrag(): boolean {
  return underWay > 0;
}

/** Gives the system the files of these versions to drag. On Linux and Windows main answers once they were let go; on macOS, at once. */
export async function dragOut(versions: number[]): Promise<void> {
  underWay += 1;
  try {
    await valueOrNotice(window.cairn.request('dragOut', { versions }));
  } finally {
    underWay -= 1;
  }
}
