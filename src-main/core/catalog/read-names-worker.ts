import { parentPort } from 'node:worker_threads';
import { IndexedReader } from '../run-index/indexed-reader.ts';
import type { IndexFile } from '../run-index/part-index.ts';
import { type PackedNames, type PackedReading, packReading, unpackNames } from './packed-reading.ts';
import { type ReadingContext, readNames } from './read-names.ts';

/** What a thread is told first. */
export interface ReadingTask {
  context: ReadingContext;
  /** The thread's file of the run's index; null where the run has none. */
  index: IndexFile | null;
}

interface PartReader {
  read(names: PackedNames): Iterable<PackedReading>;
  end(): Iterable<PackedReading>;
  close(): void;
}

let reader: PartReader | null = null;

/**
 * Reads the names it is sent after its task, one folder after another. When it is sent null, it tells that it is done by null, keeps what it
 * learnt, and ends.
 */
parentPort?.on('message', (message: ReadingTask | PackedNames | null) => {
  if (message && 'context' in message) reader = readerFor(message);
  else if (message) tell(reader?.read(message));
  else {
    tell(reader?.end());
    parentPort?.postMessage(null);
    reader?.close();
    parentPort?.close();
  }
});

function readerFor({ context, index }: ReadingTask): PartReader {
  if (index) return new IndexedReader(context, index);
  return {
    *read(names) {
      for (const reading of readNames(unpackNames(names), context)) yield packReading(reading);
    },
    end: () => [],
    close: () => undefined,
  };
}

function tell(readings: Iterable<PackedReading> = []): void {
  for (const packed of readings) {
    const { numbers, metrics, texts } = packed.versions;
    const bytes = texts ? [texts.buffer] : [];
    parentPort?.postMessage(packed, [numbers.buffer, metrics.values.buffer, ...bytes]);
  }
}
