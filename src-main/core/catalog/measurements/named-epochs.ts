/** The epochs that names of versions without a step tell: the least, the most, and how far one is from the next at most. */
export interface NamedEpochs {
  least: number;
  most: number;
  gap: number;
}

/** As Lightning and Keras write it into names: `epoch=3-step=400.ckpt`, `epoch_03.keras`. */
export function epochOf(id: string): number | null {
  const digits = /(?:^|[^a-z])epoch[=_-]?(\d{1,9})(?!\d)/i.exec(id.slice(id.lastIndexOf('/') + 1))?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Null where there are none. @param epochs in any order */
export function namedEpochs(epochs: Iterable<number>): NamedEpochs | null {
  const ordered = Float64Array.from(epochs).sort();
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (least === undefined || most === undefined) return null;
  let gap = ordered.length > 1 ? 1 : Math.max(most, 1);
  for (let index = 1; index < ordered.length; index += 1)
    gap = Math.max(gap, (ordered[index] ?? 0) - (ordered[index - 1] ?? 0));
  return { least, most, gap };
}

/**
 * What is to be added to the epoch of a name for the place of a series that counts epochs in the place of steps, as many write them:
 * `add_scalar('val/loss', loss, epoch)`. It does where it came about as far as the versions did: what counts batches is far beyond. Where one of both begins
 * at 0 and the other does not, they may be one apart: then the last of both must tell. Null where it does not count epochs, or that is not told.
 * @param places of the series, in order
 */
export function shiftOfEpochs(places: Float64Array, epochs: NamedEpochs): number | null {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return null;
  const ahead = last - epochs.most;
  return isMaybeApart(first, epochs) ? shiftApart(first, ahead, epochs) : within(ahead, epochs);
}

function isMaybeApart(first: number, { least }: NamedEpochs): boolean {
  return least - first === 1 || (first === 0) !== (least === 0);
}

function shiftApart(first: number, ahead: number, epochs: NamedEpochs): number | null {
  const { least } = epochs;
  if (ahead === Math.sign(first - least)) return ahead;
  if (first > 0 && least > 0) return within(ahead, epochs);
  return ahead === 0 ? 0 : null;
}

function within(ahead: number, { gap }: NamedEpochs): number | null {
  return ahead >= -gap && ahead < 2 * gap ? 0 : null;
}
