import type { ContentsView } from '../../shared/model/contents-view.ts';
import { scalarText } from '../details/version-details.ts';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';

type Fact = readonly [name: string, value: string, title?: string];

const frameworks: ReadonlyMap<string, string> = new Map([
  ['lightning', 'Lightning'],
  ['stable-baselines3', 'stable-baselines3'],
  ['sample-factory', 'Sample Factory'],
  ['cleanrl', 'CleanRL'],
  ['tianshou', 'Tianshou'],
  ['keras', 'Keras'],
  ['flax', 'Flax'],
  ['ultralytics', 'Ultralytics YOLO'],
  ['rl-games', 'rl_games'],
  ['fairseq', 'fairseq'],
  ['nanogpt', 'nanoGPT'],
]);
const orders = { little: 'little endian', big: 'big endian', both: 'little and big endian' };

/** What a file is, who wrote it, and how much is in it. */
export function contentsFacts(view: ContentsView): Fact[] {
  const { totals, bytes_read: read, file_size_bytes: size, byte_order: order, written_by: writer } = view;
  return [
    ['Format', view.format],
    ...known('Written by', writer && writerText(writer)),
    ...known('Version', scalarText(view.checkpoint_version)),
    ...known('Byte order', order && orders[order]),
    ...known('Saved from', devicesOf(view)),
    ['Record', view.has_sidecar ? 'a .json file beside it (its sidecar)' : 'none beside it'],
    ['Read', formatRead(read, size), exactBytes(read)],
    ['Tensors', `${formatCount(totals.tensors)}, ${formatBytes(totals.bytes)}`],
    ['Parameters', formatCount(totals.parameters)],
    ...known('Optimizer', optimizerShare(view)),
  ];
}

function writerText({ framework, version }: NonNullable<ContentsView['written_by']>): string {
  const name = frameworks.get(framework) ?? framework;
  return version === null ? name : `${name} ${version}`;
}

/** So many devices are named: a model on more is told by their number. */
const mostDevices = 4;

/** Where its tensors were; the processor's own memory goes without saying. */
function devicesOf({ tensors }: ContentsView): string | null {
  const devices = new Set(tensors.flatMap(({ device }) => device ?? []));
  if (devices.size === 0 || (devices.size === 1 && devices.has('cpu'))) return null;
  return devices.size > mostDevices ? `${devices.size} devices` : [...devices].join(', ');
}

function known(name: string, value: string | null): Fact[] {
  return value === null ? [] : [[name, value]];
}

/** How much of the tensors is no model: what a file for use alone could leave out. */
function optimizerShare({ optimizer_bytes: bytes, totals }: ContentsView): string | null {
  if (bytes === 0 || totals.bytes === 0) return null;
  return `${formatBytes(bytes)}, ${Math.round((100 * bytes) / totals.bytes)}% of the tensors`;
}

/** Parts that are read again count again, so that more may be read of a damaged file than it has. */
function formatRead(read: number, size: number | null): string {
  if (size === null) return 'nothing';
  return read < size ? `${formatBytes(read)} of ${formatBytes(size)}` : `all of ${formatBytes(size)}`;
}
