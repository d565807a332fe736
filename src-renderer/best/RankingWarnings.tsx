import { IconAlertTriangle } from '@tabler/icons-react';
import { warningText } from './judgement-words.ts';
import './best.css';

/** What must be known before versions are compared, a line each. */
export function RankingWarnings({ warnings }: { warnings: readonly string[] }) {
  return warnings.map((warning) => (
    <p key={warning} className="best-warning" role="note">
      <IconAlertTriangle size={15} stroke={1.75} aria-hidden />
      <span>{warningText(warning)}</span>
    </p>
  ));
}
