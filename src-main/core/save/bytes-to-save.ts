import { trainingStateToDict } from '../../../shared/model/training-state-dict.ts';
import { referenceCheckpoint } from '../packing/reference-checkpoint.ts';
import { torchSource } from '../packing/torch-source.ts';
import { metadataOf } from './build-sidecar.ts';
import type { Target } from './choose-target.ts';
import type { ByteSource, FolderSource, SaveRequest, SaveSource } from './save-request.ts';

/** A save of what becomes one file. */
export interface FileRequest extends SaveRequest {
  source: Exclude<SaveSource, FolderSource>;
}

/**
 * The bytes of what is to be saved; states become those that `torch.save` would write.
 * @throws ModelValidationError for a state with something in it that is neither plain data nor a tensor
 */
export function bytesToSave(root: string, request: FileRequest, target: Target): ByteSource {
  const { source, trainingState } = request;
  if ('state' in source) return torchSource(source.state);
  if (!('model' in source)) return source;
  const checkpoint = referenceCheckpoint({
    ...source,
    trainingState: trainingStateToDict(trainingState ?? {}),
    metadata: metadataOf(root, request, target),
  });
  return torchSource(checkpoint);
}
