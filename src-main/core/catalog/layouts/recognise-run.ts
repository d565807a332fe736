import type { RecognisedLayout } from '../../../../shared/model/recognised-layout.ts';
import type { WrittenBy } from '../../formats/contents.ts';
import { escapeName } from '../escape-name.ts';
import { fileName } from './claim-by-names.ts';
import { knownLayouts } from './known-layouts.ts';
import type { Claim, Layout, RunSigns } from './layout.ts';

/** What a file of a run says of who wrote it. */
export interface Told {
  id: string;
  step: number | null;
  by: WrittenBy;
}

type Claimed = { layout: Layout; claim: Claim };

/** The framework whose run it is: what files say goes before what names say. Null where nothing tells. @param told by versions of the run */
export function recogniseRun(signs: RunSigns, told: readonly Told[]): RecognisedLayout | null {
  const claims = knownLayouts.flatMap((layout): Claimed[] => {
    const claim = layout.recognise(signs);
    return claim ? [{ layout, claim }] : [];
  });
  const [latest] = [...told].sort((a, b) => (b.step ?? -1) - (a.step ?? -1));
  const likely = claims.find(({ claim }) => claim.sureness === 'likely') ?? claims[0];
  return latest ? bySaying(latest, claims, signs) : byNames(likely);
}

function bySaying({ by }: Told, claims: readonly Claimed[], { ids }: RunSigns): RecognisedLayout | null {
  const own = claims.find(({ layout }) => layout.writes === by.framework);
  const layout = own?.layout ?? knownLayouts.find(({ writes }) => writes === by.framework);
  if (!layout) return null;
  const more = own ? `, and ${own.claim.why}` : '';
  const best = by.best === null ? undefined : ids.find((id) => fileName(id) === by.best);
  const { id, name } = layout;
  return {
    layout: id,
    name,
    sureness: 'sure',
    why: escapeName(`${name}: its checkpoints say so${more}`, 400),
    best: best ?? null,
  };
}

function byNames(claimed: Claimed | undefined): RecognisedLayout | null {
  if (!claimed) return null;
  const { layout, claim } = claimed;
  const why = escapeName(`${layout.name}: ${claim.why}`, 400);
  return { layout: layout.id, name: layout.name, sureness: claim.sureness, why, best: null };
}
