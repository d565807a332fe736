import { z } from 'zod';
import { documents } from '../../../shared/model/outputs.ts';
import { UsageError } from '../../core/errors.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';

/** `cairn schema`: the JSON Schema of a document. @throws UsageError with the names there are */
export async function schema(name: string): Promise<ExitCode> {
  const document = documents.get(name);
  if (!document)
    throw new UsageError(
      `no document “${name}” — there are ${[...documents.keys()].join(', ')} — name one of them`,
    );
  await writeOut([
    `${JSON.stringify(z.toJSONSchema(document, { unrepresentable: 'any', io: 'output' }), null, 2)}\n`,
  ]);
  return exitCodes.done;
}
