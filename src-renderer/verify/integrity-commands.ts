import type { RunSummary } from '../../shared/model/run.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { Session } from '../session/session.ts';
import { saveReport } from './save-report.ts';

interface IntegrityCommand {
  label: string;
  isPossible: boolean;
  run: () => void;
}

/** What else there is to do about integrity: all open runs, reports, and checksums for files that have none. */
export function integrityCommands(
  run: RunSummary,
  open: readonly RunSummary[],
  session: Session,
  actions: RunActions,
): IntegrityCommand[] {
  const all = open.map(({ runId }) => runId);
  const several = all.length > 1;
  const report = (runIds: string[], format: 'html' | 'json') => () => void saveReport(runIds, format);
  return [
    { label: 'Verify all open runs', isPossible: several, run: () => void session.verifyAll() },
    { label: 'Save an integrity report…', isPossible: true, run: report([run.runId], 'html') },
    { label: 'Save an integrity report as JSON…', isPossible: true, run: report([run.runId], 'json') },
    { label: 'Save an integrity report of all open runs…', isPossible: several, run: report(all, 'html') },
    { label: 'Seal files without a checksum…', isPossible: !run.readOnly, run: () => actions.open('seal') },
  ];
}
