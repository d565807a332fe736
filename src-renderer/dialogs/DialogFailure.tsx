import { IconAlertCircle } from '@tabler/icons-react';
import type { Failure } from '../../shared/failure.ts';
import { visibleText } from '../format/visible-text.ts';

/** What went wrong, in the dialog it went wrong in. */
export function DialogFailure({ failure }: { failure: Failure | null }) {
  if (!failure) return null;
  return (
    <p className="dialog-failure" role="alert">
      <IconAlertCircle size={16} stroke={1.75} aria-hidden />
      <span>{visibleText(failure.message)}</span>
    </p>
  );
}
