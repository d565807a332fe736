/**
 * Has the thread that does what is waited for make its calls ahead of the one that runs the program: strace counts for each thread, and kills the
 * first that comes to a number. Run before the command line, where there is one such thread.
 */

import { constants, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

/** Each opens two files, and asks the kernel to share their bytes, or to copy them. @param {number} count */
async function goAhead(count) {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-ahead-'));
  try {
    await writeFile(join(folder, 'from'), 'x');
    for (let call = 0; call < count; call += 1)
      await copyFile(join(folder, 'from'), join(folder, 'to'), constants.COPYFILE_FICLONE);
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (isMainThread) await goAhead(Number(process.env['CAIRN_CALLS_AHEAD']));
