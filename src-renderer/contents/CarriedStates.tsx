import type { ContentsView } from '../../shared/model/contents-view.ts';
import type { CarriedState } from '../../shared/model/inspect-output.ts';
import { visibleText } from '../format/visible-text.ts';

const words: readonly (readonly [CarriedState['what'], string])[] = [
  ['optimizer', 'Optimizer'],
  ['scheduler', 'Scheduler'],
  ['random numbers', 'Random numbers'],
  ['gradient scaler', 'Gradient scaler'],
  ['replay buffer', 'Replay buffer'],
  ['normalisation', 'Normalisation'],
];

/** What of a training's state is in the file to go on from; nothing for one that holds weights alone. */
export function CarriedStates({ view: { carried } }: { view: ContentsView }) {
  if (carried.length === 0) return null;
  return (
    <details className="json-section" open>
      <summary>For resuming training</summary>
      <dl className="facts contents-facts">
        {words.map(([what, name]) => {
          const found = carried.find((each) => each.what === what);
          return (
            <div key={what} className="fact">
              <dt>{name}</dt>
              <dd>{found ? <bdi>{found.keys.map(visibleText).join(', ')}</bdi> : 'not in the file'}</dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}
