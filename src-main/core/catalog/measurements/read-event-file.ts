import { Damage, rule } from '../../formats/damage.ts';
import { plural } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { LogBuilder, type LogProgress } from './metric-log.ts';
import { readEvent, type TensorBoardEvent } from './read-event.ts';
import { type RecordsEnd, readRecords } from './read-records.ts';

/**
 * The scalars of an event file of TensorBoard, by tag. In a file of Keras, whose callback writes to `train` and `validation`, `epoch_…` is
 * counted by epochs from 0, where its names of checkpoints count from 1: `epoch_loss` of step 4 is of `…-05.keras`. keras/callbacks/tensorboard.py,
 * model_checkpoint.py
 * @param before what an earlier reading of it came to, where it has only grown since
 * @throws Damage where it is no event file, or larger than is read. What is damaged or cut off further on is a note
 */
export async function readEventFile(
  source: Source,
  { isOfKeras }: { isOfKeras: boolean },
  before?: EventsReading,
): Promise<EventsReading> {
  const events = new EventTable(isOfKeras, before);
  const end = await readRecords(source, (record) => events.take(record), before?.end);
  return { ...events.build(end.why), end };
}

/** What the events say, and what it takes to go on reading them. */
export interface EventsReading {
  steps: LogProgress;
  epochs: LogProgress;
  broken: number;
  end: RecordsEnd;
}

class EventTable {
  readonly #isOfKeras: boolean;
  readonly #steps: LogBuilder;
  readonly #epochs: LogBuilder;
  #isFirst: boolean;
  #broken: number;

  constructor(isOfKeras: boolean, before?: EventsReading) {
    this.#isOfKeras = isOfKeras;
    this.#steps = before ? LogBuilder.after(before.steps) : new LogBuilder('step');
    this.#epochs = before ? LogBuilder.after(before.epochs) : new LogBuilder('epoch');
    this.#isFirst = (before?.end.at ?? 0) === 0;
    this.#broken = before?.broken ?? 0;
  }

  take(record: Buffer): void {
    const event = this.#read(record);
    if (this.#isFirst) rule(isFileVersion(event?.fileVersion ?? null), 'it is no event file of TensorBoard');
    this.#isFirst = false;
    if (!event || !Number.isSafeInteger(event.step)) return;
    for (const { tag, value } of event.scalars) this.#add(tag, value, event.step);
  }

  build(end: string | null): Omit<EventsReading, 'end'> {
    const broken = `${plural(this.#broken, 'event')} of it cannot be read`;
    const notes = [...(end === null ? [] : [end]), ...(this.#broken > 0 ? [broken] : [])];
    return { steps: this.#steps.finish(notes), epochs: this.#epochs.finish(), broken: this.#broken };
  }

  #add(tag: string, value: number, step: number): void {
    if (this.#isOfKeras && tag.startsWith('epoch_')) this.#epochs.add(tag, value, { epoch: step + 1 });
    else this.#steps.add(tag, value, { step });
  }

  #read(record: Buffer): TensorBoardEvent | null {
    try {
      return readEvent(record);
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.#broken += 1;
      return null;
    }
  }
}

function isFileVersion(version: string | null): boolean {
  return version?.startsWith('brain.Event:') ?? false;
}
