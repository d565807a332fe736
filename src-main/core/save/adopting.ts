import type { Version, VersionKind } from '../../../shared/model/version.ts';
import type { Claim } from '../integrity/verification.ts';
import type { AdoptionFailures } from './adoption-failures.ts';
import type { AdoptionWaits } from './adoption-waits.ts';
import type { QuietFiles } from './quiet-files.ts';
import type { Saved, SaveRequest } from './save-request.ts';

export interface Adopting {
  kind: VersionKind;
  /** What every version gets; what the file's own record or name says of it goes before that. */
  request: Omit<SaveRequest, 'source' | 'name' | 'companions' | 'adopts' | 'ending'>;
  /** Ends it, once the save that is under way is done. */
  signal: AbortSignal;
  /** The folder is watched from now on. */
  onWatching?: () => void;
  onSaved: (saved: Saved, from: string) => void;
  /** What is not saved yet, and what it waits for, in one clause; each reason once. */
  onWaiting?: (from: string, why: string) => void;
  /** What could not be saved; the next ones still are. */
  onFailed: (from: string, error: unknown) => void;
}

/** What was told and done since the folder is watched, by absolute paths in it: what is not adopted, and models with what went along. */
export interface Memory {
  told: Set<string>;
  adopted: Map<string, { id: string; kinds: ReadonlySet<string> }>;
  quietFiles: QuietFiles;
  failures: AdoptionFailures;
  waits: AdoptionWaits;
}

/** A version of the folder that is watched; `path` is that of its file, of the folder that it is, or of the one of its files that stands for it. */
export interface Found {
  version: Version;
  claim: Claim;
  path: string;
}
