import { claimByNames } from '../claim-by-names.ts';
import type { Layout, NamedState } from '../layout.ts';
import { readCounts, readNumber } from '../name-numbers.ts';

const endings = /(?:\.keras|\.weights\.h5|\.h5|\.hdf5)$/i;
const sure = /\.(?:keras|weights\.h5)$/i;
/** Data is kept in HDF5 too: the best trajectories, a final dataset, the first episode. */
const like = /(?:^|[^a-z])(?:models?|weights?|checkpoints?|ckpt|cp|epoch)(?![a-z])/i;
/** `{epoch:02d}-{val_loss:.2f}`, as the documentation of ModelCheckpoint has it. Two whole numbers may be of a date. */
const usual = /(?<!\d)(?<!\d\.)(\d{2,6})-([-+]?(?:\d+\.\d+(?:e[-+]?\d+)?|nan|inf))$/i;
/** `cp-{epoch:04d}`, as TensorFlow's guide to saving has it. */
const numbered = /^cp-(\d{4,9})$/;
/** What TensorFlow's own checkpoints end with: `ckpt-12`, `weights.05`; but for the end of a loss. */
const counted = /(?<!\d|\de)[-._](\d{1,9})$/i;
/** Words by which a name tells that its second number is no loss, as in tutorials that watch the accuracy. */
const other = /acc|improvement|f1|auc|reward|score/i;
const isModel = (name: string) => sure.test(name) || (endings.test(name) && isLikeModel(stemOf(name)));

/**
 * What ModelCheckpoint leaves, by names that users give: `.keras`, `.weights.h5`, and the older `.h5` and `.hdf5`.
 * keras/src/callbacks/model_checkpoint.py
 */
export const keras: Layout = {
  id: 'keras',
  name: 'Keras',
  writes: 'keras',
  isModel,
  readName,
  recognise: (signs) => claimByNames(signs, isModel, 'end in .keras or .h5'),
};

function stemOf(name: string): string {
  return name.replace(endings, '');
}

function isLikeModel(stem: string): boolean {
  return stem !== '' && (like.test(stem) || usual.test(stem));
}

function readName(name: string): NamedState | null {
  if (!isModel(name)) return null;
  const stem = stemOf(name);
  const [, epoch, loss] = usual.exec(stem) ?? numbered.exec(stem) ?? [];
  if (epoch === undefined) return readCounted(stem);
  const measured = loss === undefined || other.test(stem) ? [] : [['val_loss', readNumber(loss)] as const];
  const metrics = [['epoch', Number(epoch)] as const, ...measured];
  return { version: Number(epoch), step: null, episode: null, metrics, isBest: false };
}

/** What a number in a name that users give counts, need not be known for telling which version is the newest. */
function readCounted(stem: string): NamedState | null {
  const counts = readCounts(stem);
  const [, epoch] = counts?.metrics.find(([metric]) => metric === 'epoch') ?? [];
  const version = counts?.step ?? epoch ?? Number(counted.exec(stem)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) return counts;
  return { ...(counts ?? { step: null, episode: null, metrics: [], isBest: false }), version };
}
