import { parentPort } from 'node:worker_threads';
import { explainError } from '../files/error-code.ts';
import { readContents } from '../formats/read-contents.ts';
import { positionalSource, readDescriptor, type Source } from '../formats/source.ts';
import { carryContents } from './carry-contents.ts';
import { describeOptimizer } from './describe-optimizer.ts';
import type { ContentsReply, OpenFile } from './read-in-thread.ts';

parentPort?.on('message', async (file: OpenFile) => {
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
  const readNow = (offset: number, length: number) => readDescriptor(descriptor, name, offset, length);
  const place = { descriptor, offset: 0 };
  return positionalSource(name, size, async (offset, length) => readNow(offset, length), { place, readNow });
}
