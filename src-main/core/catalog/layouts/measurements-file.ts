import type { Problem } from '../../../../shared/model/run.ts';
import { explainError } from '../../files/error-code.ts';
import { identityOf, type Look, tryLookAt } from '../../files/file-identity.ts';
import { openFileSource } from '../../formats/source.ts';
import type { Measurements, MeasuringLayout } from './layout.ts';

interface Said {
  measurements: Measurements | null;
  problems: Problem[];
}

const nothing: Said = { measurements: null, problems: [] };

/** The file of a run that has what was measured of its versions, followed as it changes. */
export class MeasurementsFile {
  readonly #path: string;
  readonly #layout: MeasuringLayout;
  #state = '';
  #said = nothing;
  #refreshed: Promise<boolean> = Promise.resolve(false);

  constructor(root: string, layout: MeasuringLayout) {
    this.#path = `${root}/${layout.measurementsFile}`;
    this.#layout = layout;
  }

  /** What it said when it was read last; null for nothing. */
  get measurements(): Measurements | null {
    return this.#said.measurements;
  }

  /** Why it says nothing, though it is there. */
  get problems(): readonly Problem[] {
    return this.#said.problems;
  }

  /** Reads it anew where it is another by now. @returns whether it was read, or is gone */
  refresh(): Promise<boolean> {
    this.#refreshed = this.#refreshed.then(() => this.#readIfChanged());
    return this.#refreshed;
  }

  async #readIfChanged(): Promise<boolean> {
    const look = tryLookAt(this.#path);
    const state = stateOf(look);
    if (state === this.#state) return false;
    this.#said = look === null ? nothing : await this.#read();
    this.#state = state;
    return true;
  }

  async #read(): Promise<Said> {
    try {
      const source = await openFileSource(this.#path);
      try {
        return { measurements: await this.#layout.readMeasurements(source), problems: [] };
      } finally {
        await source.close();
      }
    } catch (error) {
      const problem = `no version has the metrics that it holds: ${explainError(error)}`;
      return { measurements: null, problems: [{ path: this.#layout.measurementsFile, problem }] };
    }
  }
}

function stateOf(look: Look): string {
  if (look === null) return '';
  return look instanceof Error ? look.message : JSON.stringify(identityOf(look));
}
