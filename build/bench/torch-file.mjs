/** Writes what `torch.save` would: a zip of stored members around a pickle. Enough of both for benchmarks, no more. */

import { crc32 } from 'node:zlib';

/** @typedef {{ key: string, data: Buffer }} Storage float32 values, little-endian */

const LOCAL_HEADER = 30;
const CENTRAL_HEADER = 46;
/** PyTorch aligns the data of every member. */
const ALIGNMENT = 64;

/** @param {string} text */
function pickleText(text) {
  const length = Buffer.alloc(5, 'X');
  length.writeUInt32LE(Buffer.byteLength(text), 1);
  return Buffer.concat([length, Buffer.from(text)]);
}

/** @param {number} number */
function pickleNumber(number) {
  const isInteger = Number.isInteger(number) && Math.abs(number) < 2 ** 31;
  const bytes = Buffer.alloc(isInteger ? 5 : 9, isInteger ? 'J' : 'G');
  if (isInteger) bytes.writeInt32LE(number, 1);
  else bytes.writeDoubleBE(number, 1);
  return bytes;
}

/**
 * A value of JSON as a pickle of protocol 2.
 * @param {unknown} value
 * @returns {Buffer}
 */
function pickleValue(value) {
  if (Buffer.isBuffer(value)) return value;
  if (value === null) return Buffer.from('N');
  if (typeof value === 'string') return pickleText(value);
  if (typeof value === 'number') return pickleNumber(value);
  if (Array.isArray(value))
    return Buffer.concat([Buffer.from(']('), ...value.map(pickleValue), Buffer.from('e')]);
  const items = Object.entries(/** @type {object} */ (value))
    .flat()
    .map(pickleValue);
  return Buffer.concat([Buffer.from('}('), ...items, Buffer.from('u')]);
}

/**
 * The state dict of one-dimensional tensors, one for each storage, as torch pickles it.
 * @param {{ key: string, data: { length: number } }[]} storages
 */
function pickleStateDict(storages) {
  const items = storages.flatMap(({ key, data }) => {
    const length = pickleNumber(data.length / 4);
    return [
      pickleText(`layers.${key}.weight`),
      Buffer.from('ctorch._utils\n_rebuild_tensor_v2\n(('),
      pickleText('storage'),
      Buffer.from('ctorch\nFloatStorage\n'),
      ...[
        pickleText(key),
        pickleText('cpu'),
        length,
        Buffer.from('tQK\0'),
        length,
        Buffer.from('\x85K\x01\x85', 'latin1'),
      ],
      Buffer.from('\x89ccollections\nOrderedDict\n)RtR', 'latin1'),
    ];
  });
  return Buffer.concat([Buffer.from('ccollections\nOrderedDict\n)R('), ...items, Buffer.from('u')]);
}

/**
 * @param {Buffer} header
 * @param {number} at where CRC-32 stands; both sizes and the length of the name follow
 * @param {{ name: string, data: Buffer }} member
 */
function writeMeasures(header, at, { name, data }) {
  header.writeUInt32LE(crc32(data), at);
  header.writeUInt32LE(data.length, at + 4);
  header.writeUInt32LE(data.length, at + 8);
  header.writeUInt16LE(Buffer.byteLength(name), at + 12);
}

/**
 * The pieces of a zip of stored members, aligned as PyTorch aligns them. Members and the whole below 4 GB.
 * @param {{ name: string, data: Buffer }[]} members
 */
function zip(members) {
  const pieces = [];
  const directory = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const unaligned = offset + LOCAL_HEADER + name.length + 4;
    const padding = Buffer.alloc(4 + ((ALIGNMENT - (unaligned % ALIGNMENT)) % ALIGNMENT), 'Z');
    padding.write('FB');
    padding.writeUInt16LE(padding.length - 4, 2);
    const local = Buffer.alloc(LOCAL_HEADER);
    local.write('PK\x03\x04');
    writeMeasures(local, 14, member);
    local.writeUInt16LE(padding.length, 28);
    const central = Buffer.alloc(CENTRAL_HEADER);
    central.write('PK\x01\x02');
    writeMeasures(central, 16, member);
    central.writeUInt32LE(offset, 42);
    pieces.push(local, name, padding, member.data);
    directory.push(central, name);
    offset += LOCAL_HEADER + name.length + padding.length + member.data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return [...pieces, central, end];
}

/**
 * The pickle of a checkpoint of generation "typed"; of its storages, only their lengths count.
 * @param {{ key: string, data: { length: number } }[]} storages
 * @param {object} metadata
 * @param {number} step
 */
export function checkpointPickle(storages, metadata, step) {
  const contents = pickleValue({
    model_state_dict: pickleStateDict(storages),
    optimizer_state_dict: null,
    training_state: {
      global_step: step,
      global_episode: step / 256,
      best_reward: 0.5,
      recent_rewards: [0.25, 0.5],
    },
    metadata,
    checkpoint_version: '2.0',
  });
  return Buffer.concat([Buffer.from('\x80\x02', 'latin1'), contents, Buffer.from('.')]);
}

/**
 * The pieces of a checkpoint, as `torch.save` would lay it out.
 * @param {string} name
 * @param {Storage[]} storages
 * @param {object} metadata
 * @param {number} step
 */
export function torchFile(name, storages, metadata, step) {
  return zip([
    { name: `${name}/data.pkl`, data: checkpointPickle(storages, metadata, step) },
    ...storages.map(({ key, data }) => ({ name: `${name}/data/${key}`, data })),
    { name: `${name}/version`, data: Buffer.from('3\n') },
  ]);
}
