import type { Requests } from '../../shared/ipc/contract.ts';
import { PlaceLine } from '../backups/PlaceField.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { visibleText } from '../format/visible-text.ts';

interface Props {
  place: Requests['getSettings']['output']['backupPlace'];
  onChanged: () => Promise<void>;
}

const words = {
  label: 'New backups go',
  own: 'with their run, on the same disk',
  ownButton: 'With the run',
  button: 'Choose a folder…',
};

/** Where new backups go unless something else is said when one is made. */
export function DefaultPlace({ place, onChanged }: Props) {
  const action = useAction();
  const change = (request: 'chooseDefaultPlace' | 'forgetDefaultPlace') =>
    action.run(
      () => window.cairn.request(request, {}),
      () => void onChanged(),
    );
  return (
    <div className="default-place">
      <PlaceLine
        words={words}
        shown={place?.shown ?? null}
        disabled={action.running}
        onChoose={() => change('chooseDefaultPlace')}
        onOwn={() => change('forgetDefaultPlace')}
      />
      {place?.problem && (
        <p className="settings-problem">
          Not used now, as {visibleText(place.problem)}. Until then backups go with their run.
        </p>
      )}
      <DialogFailure failure={action.failure} />
    </div>
  );
}
