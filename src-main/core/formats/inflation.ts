import type { Gunzip, InflateRaw } from 'node:zlib';

/** Unpacks a stream a piece at a time, keeping nothing: what comes out goes to a listener, which may stop it. */
export class Inflation {
  readonly #stream: InflateRaw | Gunzip;
  readonly #over: Promise<void>;
  #isOver = false;
  #isCutShort = false;

  constructor(stream: InflateRaw | Gunzip, onPiece: (piece: Buffer) => void) {
    this.#stream = stream;
    this.#stream.on('data', onPiece);
    // The stream ends by itself where the deflated data ends; it then never answers the write that went beyond.
    this.#over = new Promise<void>((resolve) => {
      this.#stream
        .on('end', resolve)
        .on('close', resolve)
        .on('error', () => this.cutShort());
    }).then(() => this.#stop());
  }

  /** Resolves when the piece is unpacked, at once when nothing more is. */
  async update(piece: Uint8Array): Promise<void> {
    if (this.#isOver) return;
    const written = new Promise<void>((resolve) => {
      this.#stream.write(piece, () => resolve());
    });
    await Promise.race([written, this.#over]);
  }

  /** Whether everything was unpacked: nothing was damaged or missing, and nobody stopped it. */
  async finish(): Promise<boolean> {
    if (!this.#isOver) this.#stream.end();
    await this.#over;
    return !this.#isCutShort;
  }

  cutShort(): void {
    this.#isCutShort = true;
    this.#stream.destroy();
  }

  #stop(): void {
    this.#isOver = true;
    this.#stream.destroy();
  }
}
