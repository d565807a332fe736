import { IconAlertCircle } from '@tabler/icons-react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { problemOfWeights } from '../../shared/model/weights-found.ts';
import { CutName } from '../format/CutName.tsx';
import { versionLabel } from '../format/format-version.ts';
import { textWidth } from '../format/text-width.ts';
import { visibleText } from '../format/visible-text.ts';
import { mayBeCopy, useSameAs } from '../versions/useSameAs.ts';
import { useNameRoom } from './name-room.ts';

/** A longer name leaves no room for the metric in its badge, nor does another badge. */
const shortName = 13;

interface Props {
  row: VersionRow;
  best: string;
}

/** The version's name with its badges; `best` says that it is the best, of what, after ` ·` by which metric, and whether nobody chose that. */
export function VersionCell({ row, best }: Props) {
  const label = versionLabel(row);
  const isLong = label.length > shortName;
  const isShort = isLong || row.is_latest;
  const bestWord = withoutMetric(best);
  return (
    <>
      {isLong ? (
        <LongName row={row} label={label} bestWord={bestWord} />
      ) : (
        <bdi className="version-name" data-short>
          {label}
        </bdi>
      )}
      {row.is_best &&
        (isShort ? (
          <BestBadge row={row} best={best} word={bestWord} isShort />
        ) : (
          <FittingBadge row={row} best={best} label={label} />
        ))}
      {row.is_latest && <span className="badge badge-latest">latest</span>}
      <SameAs row={row} />
      {row.problems.length > 0 && (
        <span className="record-problem" title={row.problems.map(visibleText).join('\n')}>
          <IconAlertCircle size={14} stroke={1.75} aria-label="Its record has a problem" />
        </span>
      )}
    </>
  );
}

/** Says that nobody chose the metric where there is room for it beside the name; its hover text does in any case. */
function FittingBadge({ row, best, label }: { row: VersionRow; best: string; label: string }) {
  const room = useNameRoom([best], row.problems.length > 0);
  const isRoom = textWidth(550, 13)(label) <= room;
  return <BestBadge row={row} best={best} word={isRoom ? best : withoutDefault(best)} isShort={false} />;
}

/** Weights that are no numbers make nothing the best: the badge says so, whatever the metric says. */
function BestBadge({ row, best, word, isShort }: Props & { word: string; isShort: boolean }) {
  const wrong = problemOfWeights(row.problems);
  return (
    <span
      className="badge badge-best"
      data-short={isShort || undefined}
      data-wrong={wrong !== null || undefined}
      title={wrong === null ? best : `${best}, but ${wrong}`}
    >
      {word}
    </span>
  );
}

/** The version that one without a number of its own is another name of. */
function SameAs({ row }: { row: VersionRow }) {
  const [first, ...others] = useSameAs(row, mayBeCopy(row));
  if (first === undefined) return null;
  const title = `Holds the same bytes as ${[first, ...others].map(visibleText).join(', ')}`;
  return (
    <span className="same-as">
      <span title={title}>
        same as <bdi>{visibleText(first.slice(first.lastIndexOf('/') + 1))}</bdi>
      </span>
    </span>
  );
}

/** What a badge beside a long name or another badge says; its hover text has the rest. */
function withoutMetric(best: string): string {
  return best.slice(0, best.indexOf(' ·'));
}

/** What it says else: that nobody chose the metric is told above the table too. */
function withoutDefault(best: string): string {
  return best.replace(/ \(default\)$/, '');
}

function LongName({ row, label, bestWord }: { row: VersionRow; label: string; bestWord: string }) {
  const { is_best: isBest, is_latest: isLatest, problems } = row;
  const badges = [...(isBest ? [bestWord] : []), ...(isLatest ? ['latest'] : [])];
  const room = useNameRoom(badges, problems.length > 0);
  return (
    <bdi className="version-name">
      <CutName name={label} room={room} weight={550} least={leastOf(row)} />
    </bdi>
  );
}

/** A folder that is longer gives way itself. */
const folderKept = 16;

/** So many letters are never left out: those of a number, or of the folder that tells a version from another of its name. */
function leastOf({ version, id, twin }: VersionRow): number | undefined {
  if (version !== null) return `v${version} (`.length;
  return twin ? Math.min(folderKept, id.lastIndexOf('/') + 1) : undefined;
}
