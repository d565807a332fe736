import { parentPort, workerData } from 'node:worker_threads';
import { type PackedNames, packReading, unpackNames } from './packed-reading.ts';
import { type ReadingContext, readNames } from './read-names.ts';

/** Reads the names it is sent, one folder after another, and ends when it is sent null. */
parentPort?.on('message', (part: PackedNames | null) => {
  if (part === null) return parentPort?.close();
  for (const reading of readNames(unpackNames(part), workerData as ReadingContext)) {
    const packed = packReading(reading);
    parentPort?.postMessage(packed, [packed.versions.numbers.buffer]);
  }
});
