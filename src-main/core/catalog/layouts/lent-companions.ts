import type { ListedVersion } from '../listed-version.ts';
import type { CompanionCensus } from './companion-census.ts';
import {
  companionFor,
  kindOfCompanion,
  modelsAtStep,
  savedWithout,
  tellSavedWithout,
} from './known-layouts.ts';
import type { CompanionKind } from './layout.ts';

/** What the run has beside a version. */
export interface Beside {
  listed(id: string): ListedVersion | undefined;
  /** The files that go with a version, relative to the run. */
  filesWith(id: string): readonly string[];
}

/** What a model that was saved without some companion needs of another. */
export interface Lent {
  kind: CompanionKind;
  /** The id of that which needs it. */
  to: string;
  /** The ids of those of its step that have it. */
  from: readonly string[];
}

type Bare = Pick<ListedVersion, 'id' | 'step'>;

/** What a model that its framework saves without some companions lacks of those that others here have; nothing for most. */
export function lentTo({ id, step }: Bare, census: CompanionCensus, { listed, filesWith }: Beside): Lent[] {
  return savedWithout(id).flatMap((kind) => {
    const families = census.familiesWith(kind);
    if (families.length === 0 || filesWith(id).some((path) => kindOfCompanion(path) === kind)) return [];
    const models = step === null ? [] : families.flatMap((family) => modelsAtStep(family, step));
    return [{ kind, to: id, from: models.filter((model) => listed(model)?.companions.includes(kind)) }];
  });
}

export function tellLacking({ kind, from }: Lent, { step }: Bare): string {
  const fitting = from.map((model) => companionFor(model, kind) ?? model);
  return tellSavedWithout(kind, fitting, step !== null);
}
