import { Fragment } from 'react';
import { nameOfVersion } from '../../shared/model/name-of-version.ts';
import type { RecognisedLayout } from '../../shared/model/recognised-layout.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import { keptOtherwise, othersWords, whyRecognised } from '../status/recognised-words.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { Fact } from './Fact.tsx';

/** So many versions are named of what a framework keeps. */
const most = 5;

interface Props {
  recognised: RecognisedLayout;
  list: VersionsSnapshot['list'];
  onShow: (handle: number) => void;
}

/** Which framework a run is taken for, and what that keeps and goes on from itself, where the run goes by another. */
export function LayoutFacts({ recognised, list, onShow }: Props) {
  const own = { best: list.best?.id ?? null, latest: list.latest?.id ?? null };
  const { bests, lasts, finals } = keptOtherwise(recognised, own);
  const facts = [
    ['Its own best', bests],
    ['Goes on from', lasts],
    ['Ended with', finals],
  ] as const;
  const rows = rowsOf(
    list,
    facts.flatMap(([, ids]) => ids.slice(0, most)),
  );
  return (
    <>
      <Fact name="Written by">
        {whyRecognised(recognised)}
        {othersWords(recognised)}
      </Fact>
      {facts.map(
        ([name, ids]) =>
          ids.length > 0 && (
            <Fact key={name} name={name}>
              <Versions ids={ids} rows={rows} onShow={onShow} />
            </Fact>
          ),
      )}
    </>
  );
}

interface VersionsProps {
  ids: readonly string[];
  rows: ReadonlyMap<string, VersionRow>;
  onShow: (handle: number) => void;
}

/** Each leads to its version, where that is there. */
function Versions({ ids, rows, onShow }: VersionsProps) {
  const more = ids.length - most;
  return (
    <>
      {ids.slice(0, most).map((id, place) => (
        <Fragment key={id}>
          {place > 0 && ', '}
          <VersionOf id={id} row={rows.get(id)} onShow={onShow} />
        </Fragment>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

function VersionOf({
  id,
  row,
  onShow,
}: { id: string; row: VersionRow | undefined } & Pick<VersionsProps, 'onShow'>) {
  if (!row) return visibleText(nameOfVersion(id));
  return (
    <button type="button" className="link" onClick={() => onShow(row.handle)}>
      {versionLabel(row)}
    </button>
  );
}

function rowsOf(list: Props['list'], ids: readonly string[]): Map<string, VersionRow> {
  const wanted = new Set(ids);
  const found = new Map<string, VersionRow>();
  if (wanted.size === 0) return found;
  for (const row of list.rows()) {
    if (wanted.has(row.id)) found.set(row.id, row);
    if (found.size === wanted.size) break;
  }
  return found;
}
