import { Button } from '@mantine/core';
import type { WeightsFound } from '../../shared/model/weights-found.ts';
import { useWork } from '../contents/useWork.ts';
import { WorkBar } from '../contents/WorkBar.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { plural } from '../format/plural.ts';

interface Props {
  version: number;
  /** What is known of them; null where nobody looked. What is wrong with them is among the warnings. */
  weights: WeightsFound | null;
}

/** Whether the weights of the best are numbers: that is looked for once somebody asks, as it reads the whole file. */
export function WeightsOfBest({ version, weights }: Props) {
  const { start, running, task, cancel, failure, value } = useWork<WeightsFound>();
  const known = weights ?? value;
  if (running) return <WorkBar words="Reading its weights" task={task} onCancel={cancel} />;
  if (known) return <>{wordsFor(known)}</>;
  return (
    <>
      <Button
        variant="default"
        onClick={() => start(() => window.cairn.request('checkWeights', { version }))}
      >
        Check its weights
      </Button>
      <DialogFailure failure={failure} />
    </>
  );
}

function wordsFor({ tensors, nan, infinite }: WeightsFound): string {
  if (nan + infinite > 0) return 'not all of them are finite numbers';
  return `finite numbers in ${tensors === 1 ? 'its one tensor' : `all of ${plural(tensors, 'tensor')}`}`;
}
