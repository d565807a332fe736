import type { CompanionKind } from './stable-baselines3/companion-of.ts';

/** A file that goes with a model, without which that is not what was trained, and that is no version. */
export interface Companion {
  kind: CompanionKind;
  /** The name of its model, without ending. */
  stem: string;
}

/** How a framework lays out a run that has no sidecars. The reference keeps in sidecars what others keep in files of the run. */
export interface Layout {
  /** Null for a name that is none of a companion. */
  companionOf(name: string): Companion | null;
}
