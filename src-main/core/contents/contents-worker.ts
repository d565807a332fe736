import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { explainError } from '../files/error-code.ts';
import { readContents } from '../formats/read-contents.ts';
import { positionalSource, type Source } from '../formats/source.ts';
import { carryContents } from './carry-contents.ts';
import { describeOptimizer } from './describe-optimizer.ts';
import type { ContentsReply, OpenFile } from './read-in-thread.ts';

parentPort?.once('message', async (file: OpenFile) => {
  parentPort?.postMessage(await answer(file));
});

async function answer(file: OpenFile): Promise<ContentsReply> {
  const source = openDescriptor(file);
  try {
    const read = await readContents(source);
    // Nobody here writes it anew: what it describes may be larger than all that is told of it.
    read.pickled = null;
    const optimizer = await describeOptimizer(read);
    return { contents: await carryContents(read), optimizer, bytesRead: source.bytesRead };
  } catch (error) {
    return { failure: explainError(error) };
  }
}

/** The file that the main thread opened, by the descriptor that all threads share; this one has nothing else to do. */
function openDescriptor({ name, size, descriptor }: OpenFile): Source {
  const readBytes = async (offset: number, length: number) => {
    const buffer = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length; ) {
      const count = readSync(descriptor, buffer, filled, length - filled, offset + filled);
      if (count === 0) throw new Error('it became shorter while it was read');
      filled += count;
    }
    return buffer;
  };
  return positionalSource(name, size, readBytes, { descriptor, offset: 0 });
}
