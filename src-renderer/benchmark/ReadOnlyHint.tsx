import type { RunSummary } from '../../shared/model/run.ts';

/** What becomes of results where nothing may be written into the run. */
export function ReadOnlyHint({ run: { readOnly } }: { run: RunSummary }) {
  if (!readOnly) return null;
  return (
    <p className="dialog-hint">
      <b>This run is read-only:</b> what is found stays on record in Cairn’s own data, and does not go to the
      versions’ sidecars.
    </p>
  );
}
