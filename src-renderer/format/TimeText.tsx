import { exactTimestamp, formatAge, formatTimestamp } from './format-time.ts';

interface Props {
  /** As it is on record. */
  at: string;
  /** How long ago, instead of when. */
  asAge?: boolean;
  className?: string;
}

/** A moment; its hover text has all of it. */
export function TimeText({ at, asAge = false, className }: Props) {
  return (
    <span className={className} title={exactTimestamp(at)}>
      {asAge ? formatAge(Date.parse(at), Date.now()) : formatTimestamp(at)}
    </span>
  );
}
