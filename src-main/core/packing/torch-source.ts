import type { StreamedBytes } from '../save/save-request.ts';
import { PickleWriter } from './pickle-writer.ts';
import type { TorchValue } from './torch-value.ts';
import { type ZipMember, zipChunks, zipSize } from './zip-records.ts';

/** PyTorch names it after the file that it writes; one that writes to a stream has this. */
const prefix = 'archive';

/**
 * What `torch.save(value)` would write, as the bytes of a save: `torch.load(…, weights_only=True)` takes it.
 * @throws ModelValidationError for what is neither plain data nor a tensor
 */
export function torchSource(value: TorchValue): StreamedBytes {
  const { pickle, storages } = PickleWriter.pickle(value);
  const text = (name: string, content: Buffer): ZipMember => ({
    name: `${prefix}/${name}`,
    size: content.length,
    chunks: () => [content],
  });
  const members = [
    text('data.pkl', pickle),
    text('byteorder', Buffer.from('little')),
    ...storages.map((storage, key) => ({
      name: `${prefix}/data/${key}`,
      size: storage.byteLength,
      chunks: () => storage.chunks(),
    })),
    text('version', Buffer.from('3\n')),
  ];
  return { chunks: zipChunks(members), size: zipSize(members) };
}
