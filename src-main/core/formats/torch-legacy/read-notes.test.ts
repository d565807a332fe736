import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readNotes } from '../read-notes.ts';
import { bufferSource } from '../source.ts';

/**
 * PyTorch 1.13 wrote it: `torch.save({'epoch': tensor(3), 'global_step': tensor(300), 'model': {'bias': tensor(9.)}, 'loss': tensor(0.25)},
 * f, _use_new_zipfile_serialization=False)`
 */
const stream = gunzipSync(
  Buffer.from(
    'H4sIAAAAAAACA11RS0/bQBD2K01ZSgml0NIWyDGRqihAHuaCVKnikj7NZS/IcuxVvGjr9XjHSFSKlCPwG/gB/Wv9CZV6YB07VZo97O7MznyP2Zl1T8Tfh/M/zatf3/Y6M+vzb1vvUzBatGEYRppJlKEU/jXLFJcJmLqAbugXwREF81kS8SAB65YSncSblPmK/2QK7Ck4LVrTSRXLDKE2sqitI54gPBk51CkwZDKB+sjJ8wVnUc9SGcZghiizMO74OXKhiJ+xcc5F5CNLlMz862MCVqtF6wWBrgwmDOyyhXzSsBdljoBD13RJ/+R06PaG3R7U5irCNNcqzC8I9e8jo92+C7VJwULUHhX5mkUsY9FHHiKBp20P1hCIB+t0XbdOhBwHwlfIUngWaw2xHZckg+7RYNg/druwEZfgz0vwuMDYRGh4sDW3+ENGTMCLKWzP5zDmgYKXJVbl4VzIAP+Z2Fng9weu23Nht8J/tYT/GmHPgzeqmqxS8LZSt7Ok7mQ4gHdV9/5S9wHCoQfN4iMui4/4f2jmCr+14tdeYXBYxzTKZVfnIjaMxofF/b25+jY7ewRpI0MlkgIAAA==',
    'base64',
  ),
);

test('numbers that a plain loop left as tensors are read of a legacy stream too', async () => {
  expect(await readNotes(bufferSource('m.pt', stream))).toMatchObject({
    trainingState: { epoch: 3, global_step: 300 },
    metrics: { loss: 0.25 },
  });
});

test('where the numbers are cut off, those that are there are read, and no other is made up', async () => {
  const notes = await readNotes(bufferSource('m.pt', stream.subarray(0, -40)));
  expect(notes).toMatchObject({ trainingState: { epoch: 3 }, metrics: null });
  expect(notes?.trainingState).not.toHaveProperty('global_step');
});
