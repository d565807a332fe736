import { isSameRanking, type Ranking } from '../../../shared/model/metric.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';
import { stepOfState } from './build-version.ts';
import type { Meaning } from './interpret-record.ts';
import type { ToldWriter } from './layouts/recognise-run.ts';
import type { ListedVersion } from './listed-version.ts';

/** What a file says of itself, and the state it was in when it was read. */
export interface Said {
  identity: FileIdentity;
  own: Meaning;
  /** Whether a checkpoint is recognised in it; null where that is not known. */
  recognised: boolean | null;
  /** Of what goes with it, its own and what it shares, at that time, and in what that contradicts it. */
  companionState: number;
  mismatches: readonly string[];
}

const none: readonly string[] = [];

/**
 * What files say of themselves, by id; it counts while they are as they were when they were read, and beside a sidecar nothing does but the training
 * step, where that has none: a model of the reference has it in its file alone.
 */
export class SaidRecords {
  readonly #said = new Map<string, Said>();
  /** Of files beside a sidecar: null for one that tells no step. The rest would be kept for nothing. */
  readonly #steps = new Map<string, { identity: FileIdentity; step: number | null }>();
  /** Of which versions something tells the metric that the framework goes by. */
  readonly #choosing = new Set<string>();
  /** Another number once a file is touched that all models of the run share. */
  sharedState = 0;

  /** @returns whether it was another before */
  noteShared(state: number): boolean {
    const isOther = state !== this.sharedState;
    this.sharedState = state;
    return isOther;
  }

  keep(listed: ListedVersion, said: Said): void {
    const { id, source } = listed;
    if (isTelling(listed)) this.#said.set(id, said);
    if (said.own.chose) this.#choosing.add(id);
    else this.#choosing.delete(id);
    if (source !== 'sidecar') return;
    const step = stepOfState(said.own.metadata?.training_state ?? null);
    this.#steps.set(id, { identity: said.identity, step });
  }

  remove(id: string): void {
    this.#said.delete(id);
    this.#choosing.delete(id);
    this.#steps.delete(id);
  }

  /** The training step that the file of a version tells whose sidecar, and name, tell none; else null. */
  stepOf(listed: ListedVersion): number | null {
    return isStepless(listed) ? (this.#toldStep(listed)?.step ?? null) : null;
  }

  /** Whether its step may be told by its file alone, and that was not asked yet as it stands. */
  isStepUnasked(listed: ListedVersion): boolean {
    return isStepless(listed) && listed.identity !== null && this.#toldStep(listed) === null;
  }

  /** Whether the file of a version was asked for the step that its sidecar lacks. */
  isStepAsked(id: string): boolean {
    return this.#steps.has(id);
  }

  of(listed: ListedVersion): Meaning | null {
    return listed.source === 'sidecar' ? null : (this.#standing(listed)?.own ?? null);
  }

  /** Whether a checkpoint is recognised in a file as it stands; null where it was not asked. @param listed asked for where it was */
  isRecognised(id: string, listed: () => ListedVersion | undefined): boolean | null {
    const said = this.#said.get(id);
    const identity = said && listed()?.identity;
    return identity && sameIdentity(said.identity, identity) ? said.recognised : null;
  }

  /** In what its companions, as they stand, contradict a version, beside a sidecar too: a sentence each. */
  mismatchesOf(listed: ListedVersion): readonly string[] {
    return this.#asStands(listed)?.mismatches ?? none;
  }

  /** Whether something may be told that only its file, or what goes with it, knows, and these were not asked yet as they stand. */
  isUnasked(listed: ListedVersion): boolean {
    return isTelling(listed) && listed.identity !== null && this.#asStands(listed) === null;
  }

  #toldStep({ id, identity }: ListedVersion) {
    const told = this.#steps.get(id);
    return told && identity && sameIdentity(told.identity, identity) ? told : null;
  }

  /** While the file is as it was. */
  #standing({ id, identity }: ListedVersion): Said | null {
    const said = this.#said.get(id);
    return said && identity && sameIdentity(said.identity, identity) ? said : null;
  }

  /** While the file, and what goes with it, are as they were. */
  #asStands(listed: ListedVersion): Said | null {
    const said = this.#standing(listed);
    return said?.companionState === listed.companionState + this.sharedState ? said : null;
  }

  /** The metric by which their framework tells the best; null where none tells, or two tell otherwise. */
  ranking(listedOf: (id: string) => ListedVersion | undefined): Ranking | null {
    let agreed: Ranking | null = null;
    for (const id of this.#choosing) {
      const listed = listedOf(id);
      const chose = (listed && this.of(listed)?.chose) ?? null;
      if (chose && agreed && !isSameRanking(chose, agreed)) return null;
      agreed ??= chose;
    }
    return agreed;
  }

  /** What they tell of who wrote them; beside a sidecar too. */
  writers(listedOf: (id: string) => ListedVersion | undefined): ToldWriter[] {
    return [...this.#said].flatMap(([id, { identity, own }]) => {
      const listed = listedOf(id);
      const stands = listed?.identity && sameIdentity(listed.identity, identity);
      return stands && own.writtenBy ? [{ step: listed.step, by: own.writtenBy }] : [];
    });
  }
}

/** Whether its file, or what goes with it, tells what nothing else does. */
function isTelling({ source, companions }: ListedVersion): boolean {
  return source !== 'sidecar' || companions.length > 0;
}

function isStepless({ source, step }: ListedVersion): boolean {
  return source === 'sidecar' && step === null;
}
