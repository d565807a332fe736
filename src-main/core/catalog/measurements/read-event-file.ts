import { Damage, rule } from '../../formats/damage.ts';
import { plural } from '../../formats/plain-text.ts';
import type { Source } from '../../formats/source.ts';
import { LogBuilder, type MetricLog } from './metric-log.ts';
import { readEvent, type TensorBoardEvent } from './read-event.ts';
import { readRecords } from './read-records.ts';

/**
 * The scalars of an event file of TensorBoard, by tag. In a file of Keras, whose callback writes to `train` and `validation`, `epoch_…` is
 * counted by epochs from 0, where its names of checkpoints count from 1: `epoch_loss` of step 4 is of `…-05.keras`. keras/callbacks/tensorboard.py,
 * model_checkpoint.py
 * @throws Damage where it is no event file, or larger than is read. What is damaged or cut off further on is a note
 */
export async function readEventFile(
  source: Source,
  { isOfKeras }: { isOfKeras: boolean },
): Promise<MetricLog[]> {
  const events = new EventTable(isOfKeras);
  const end = await readRecords(source, (record) => events.take(record));
  return events.build(end);
}

class EventTable {
  readonly #isOfKeras: boolean;
  readonly #steps = new LogBuilder('step');
  readonly #epochs = new LogBuilder('epoch');
  #isFirst = true;
  #broken = 0;

  constructor(isOfKeras: boolean) {
    this.#isOfKeras = isOfKeras;
  }

  take(record: Buffer): void {
    const event = this.#read(record);
    if (this.#isFirst) rule(isFileVersion(event?.fileVersion ?? null), 'it is no event file of TensorBoard');
    this.#isFirst = false;
    if (!event || !Number.isSafeInteger(event.step)) return;
    for (const { tag, value } of event.scalars) this.#add(tag, value, event.step);
  }

  build(end: string | null): MetricLog[] {
    const broken = `${plural(this.#broken, 'event')} of it cannot be read`;
    const notes = [...(end === null ? [] : [end]), ...(this.#broken > 0 ? [broken] : [])];
    return [this.#steps.build(notes), this.#epochs.build()];
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
