import { Fragment } from 'react';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { brokenElements, type Measures } from './measures.ts';

interface Props {
  tensors: readonly TensorView[];
  measured: readonly (Measures | null)[];
  onOpen: (place: number) => void;
}

/** So many are named: where one layer breaks, all that come after it may. */
const mostNamed = 6;

/** Whether all numbers are finite, and which tensors have some that are not, each a way to it. */
export function Verdict({ tensors, measured, onOpen }: Props) {
  const broken = measured.flatMap((measures, place) =>
    measures && brokenElements(measures) > 0 ? place : [],
  );
  const unread = measured.filter((measures) => measures === null).length;
  const more = broken.length - mostNamed;
  return (
    <p className="tensor-verdict" role="status" data-broken={broken.length > 0 || undefined}>
      {broken.length === 0
        ? 'No NaN or infinity in what was measured.'
        : `${plural(broken.length, 'tensor')} with NaN or infinity.`}
      {unread > 0 && ` ${plural(unread, 'tensor')} could not be measured.`}
      {broken.slice(0, mostNamed).map((place) => (
        <Fragment key={place}>
          {' '}
          <button type="button" className="link" onClick={() => onOpen(place)}>
            <bdi>{visibleText(tensors[place]?.label || '(the whole)')}</bdi>
          </button>
        </Fragment>
      ))}
      {more > 0 && ` and ${formatCount(more)} more`}
    </p>
  );
}
