import { useCallback, useState } from 'react';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { formatCount } from '../format/format-number.ts';
import { ByteLines } from './ByteLines.tsx';

interface Props {
  contentsId: string;
  place: number;
  /** Where its elements begin in their storage, in bytes. */
  first: number;
}

/** So many are asked for at once; main gives no more. */
const page = 512;

/** The bytes of a tensor's storage as they stand in the file. */
export function ByteGrid({ contentsId, place, first }: Props) {
  const [from, setFrom] = useState(first);
  const ask = useCallback(async () => {
    const answer = await window.cairn.request('peekBytes', { contentsId, tensor: place, from });
    // Until the next ones are there, these stand under the places that they are from.
    return answer.ok ? { ok: true as const, value: { ...answer.value, from } } : answer;
  }, [contentsId, place, from]);
  const { value, failure } = useAnswer(ask);
  const last = Math.max(0, (value?.all ?? 0) - 1);
  return (
    <>
      <DialogFailure failure={failure} />
      {value?.figures === null && <p className="dialog-hint">Its bytes are not in the file.</p>}
      {value?.figures != null && (
        <>
          <div className="slice-picker">
            <label>
              from byte
              <input
                type="number"
                min={0}
                max={last}
                step={page}
                value={from}
                onChange={({ currentTarget }) =>
                  setFrom(Math.max(0, Math.min(last, Math.trunc(currentTarget.valueAsNumber) || 0)))
                }
              />
            </label>
            <span>of {formatCount(value.all)} in its storage</span>
          </div>
          <ByteLines from={value.from} figures={value.figures} />
        </>
      )}
    </>
  );
}
