/** The sizes asked of a release, in pieces that each take minutes at most: what was done of them, and what comes next. */

/** @typedef {'kills' | 'cuts' | 'faults' | 'disks' | 'trainings' | 'histories' | 'payloads'} Kind */
/** What was done once; `code` is the state of the sources. @typedef {{ kind: Kind, seed: number, code: string, count: number, faults: string[], seconds: number, at: string }} Piece */

/** How many in all, and in one piece; of payloads in each channel. @type {Record<Kind, { goal: number, piece: number }>} */
export const SIZES = {
  kills: { goal: 100_000, piece: 60 },
  cuts: { goal: 20_000, piece: 100 },
  faults: { goal: 20_000, piece: 100 },
  disks: { goal: 20_000, piece: 200 },
  trainings: { goal: 500, piece: 30 },
  histories: { goal: 1_000_000, piece: 2000 },
  payloads: { goal: 1_000_000, piece: 50_000 },
};

export const KINDS = /** @type {Kind[]} */ (Object.keys(SIZES));

/** Far from the seeds of the usual test run, and so far apart that lanes of two pieces never share one. */
const FIRST = 100_000;
const APART = 10;

/** The pieces on record; a line that was cut off is none. @param {string} text @returns {Piece[]} */
export function parsePieces(text) {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/** The piece of a kind to do next on this state of the sources; null when all are done. @param {readonly Piece[]} done @param {Kind} kind @param {string} code @returns {{ count: number, seed: number } | null} */
export function nextPiece(done, kind, code) {
  const { goal, piece } = SIZES[kind];
  const own = done.filter((each) => each.kind === kind && each.code === code);
  const left = goal - own.reduce((sum, { count }) => sum + count, 0);
  const seed = FIRST + APART * own.length;
  return left > 0 ? { count: Math.min(piece, left), seed } : null;
}

/** @param {readonly Piece[]} done @param {Kind} kind @param {string} code @returns {string} how much was done, and what that proves */
export function tellPieces(done, kind, code) {
  const own = done.filter((each) => each.kind === kind && each.code === code);
  const count = own.reduce((sum, each) => sum + each.count, 0);
  const faults = own.reduce((sum, each) => sum + each.faults.length, 0);
  const seconds = own.reduce((sum, each) => sum + each.seconds, 0);
  const bound = faults > 0 || count === 0 ? '' : `, fewer than 1 in ${Math.floor(count / 3)} fail (95 %)`;
  const seeds = own.length === 0 ? '' : `, seeds ${own[0]?.seed} to ${own.at(-1)?.seed}`;
  return `${kind}: ${count} of ${SIZES[kind].goal} on ${code}, ${faults} faults${bound}${seeds}, ${Math.round(seconds)} s`;
}
