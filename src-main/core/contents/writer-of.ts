import type { InspectOutput } from '../../../shared/model/inspect-output.ts';
import type { Notes } from '../formats/contents.ts';

/** Who wrote a file, as far as it tells. */
export function writerOf({ writtenBy }: Pick<Notes, 'writtenBy'>): InspectOutput['written_by'] {
  return writtenBy && { framework: writtenBy.framework, version: writtenBy.version };
}
