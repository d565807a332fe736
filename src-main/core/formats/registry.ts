import { readDcpContents } from './dcp/read-contents.ts';
import { recogniseDcp } from './dcp/recognise.ts';
import { checkFlaxMsgpack } from './flax-msgpack/check-structure.ts';
import { readFlaxMsgpackContents } from './flax-msgpack/read-contents.ts';
import { recogniseFlaxMsgpack } from './flax-msgpack/recognise.ts';
import type { Format, FormatName, Head } from './format.ts';
import { checkGguf } from './gguf/check-structure.ts';
import { readGgufContents } from './gguf/read-contents.ts';
import { recogniseGguf } from './gguf/recognise.ts';
import { checkGzip } from './gzip/check-structure.ts';
import { recogniseGzip } from './gzip/recognise.ts';
import { checkHdf5 } from './hdf5/check-structure.ts';
import { readHdf5Contents } from './hdf5/read-contents.ts';
import { recogniseHdf5 } from './hdf5/recognise.ts';
import { checkMlflowModel, readMlflowModelContents } from './mlflow-model/read-contents.ts';
import { recogniseMlflowModel } from './mlflow-model/recognise.ts';
import { checkNpy } from './npy/check-structure.ts';
import { readNpyContents } from './npy/read-contents.ts';
import { recogniseNpy } from './npy/recognise.ts';
import { checkOnnx } from './onnx/check-structure.ts';
import { readOnnxContents } from './onnx/read-contents.ts';
import { recogniseOnnx } from './onnx/recognise.ts';
import { checkOrbax } from './orbax/check-structure.ts';
import { readOrbaxContents } from './orbax/read-contents.ts';
import { recogniseOrbax } from './orbax/recognise.ts';
import { checkPickle } from './pickle/check-structure.ts';
import { readPickleContents } from './pickle/read-contents.ts';
import { readPickleNotes } from './pickle/read-notes.ts';
import { recogniseOldPickle, recognisePickle } from './pickle/recognise.ts';
import { checkPointer } from './pointer/check-structure.ts';
import { recognisePointer } from './pointer/recognise.ts';
import { checkSafetensors } from './safetensors/check-structure.ts';
import { readSafetensorsContents } from './safetensors/read-contents.ts';
import { readSafetensorsNotes } from './safetensors/read-notes.ts';
import { recogniseSafetensors } from './safetensors/recognise.ts';
import { checkSavedModel } from './saved-model/check-structure.ts';
import { recogniseSavedModel } from './saved-model/recognise.ts';
import { checkTfIndex } from './tf-index/check-structure.ts';
import { readTfIndexContents } from './tf-index/read-contents.ts';
import { recogniseTfIndex } from './tf-index/recognise.ts';
import { checkTorchLegacy } from './torch-legacy/check-structure.ts';
import { readTorchLegacyContents } from './torch-legacy/read-contents.ts';
import { readTorchLegacyNotes } from './torch-legacy/read-notes.ts';
import { recogniseTorchLegacy } from './torch-legacy/recognise.ts';
import { checkTorchTar } from './torch-tar/check-structure.ts';
import { recogniseTorchTar } from './torch-tar/recognise.ts';
import { checkZip } from './zip/check-structure.ts';
import { readZipContents } from './zip/read-contents.ts';
import { readZipNotes } from './zip/read-notes.ts';
import { recogniseZip } from './zip/recognise.ts';

const pickle = { checkStructure: checkPickle, readContents: readPickleContents, readNotes: readPickleNotes };

/** In the order they are asked: what the first bytes say for sure, then what they suggest, then what the name says. */
const formats: readonly Format[] = [
  {
    recognise: recogniseZip,
    checkStructure: checkZip,
    readContents: readZipContents,
    readNotes: readZipNotes,
  },
  {
    recognise: recogniseTorchLegacy,
    checkStructure: checkTorchLegacy,
    readContents: readTorchLegacyContents,
    readNotes: readTorchLegacyNotes,
  },
  // Before pickle: the length of a header of 640 bytes, among others, begins as pickles of protocol 2 do.
  {
    recognise: recogniseSafetensors,
    checkStructure: checkSafetensors,
    readContents: readSafetensorsContents,
    readNotes: readSafetensorsNotes,
  },
  // Before pickle, which it is.
  { recognise: recogniseDcp, checkStructure: checkPickle, readContents: readDcpContents },
  { recognise: recognisePickle, ...pickle },
  { recognise: recogniseNpy, checkStructure: checkNpy, readContents: readNpyContents },
  { recognise: recogniseHdf5, checkStructure: checkHdf5, readContents: readHdf5Contents },
  { recognise: recogniseGguf, checkStructure: checkGguf, readContents: readGgufContents },
  { recognise: recogniseGzip, checkStructure: checkGzip },
  { recognise: recogniseTorchTar, checkStructure: checkTorchTar },
  { recognise: recognisePointer, checkStructure: checkPointer },
  {
    recognise: recogniseFlaxMsgpack,
    checkStructure: checkFlaxMsgpack,
    readContents: readFlaxMsgpackContents,
  },
  { recognise: recogniseTfIndex, checkStructure: checkTfIndex, readContents: readTfIndexContents },
  { recognise: recogniseOrbax, checkStructure: checkOrbax, readContents: readOrbaxContents },
  {
    recognise: recogniseMlflowModel,
    checkStructure: checkMlflowModel,
    readContents: readMlflowModelContents,
  },
  // Before ONNX, which begins alike.
  { recognise: recogniseSavedModel, checkStructure: checkSavedModel },
  { recognise: recogniseOnnx, checkStructure: checkOnnx, readContents: readOnnxContents },
  { recognise: recogniseOldPickle, ...pickle },
];

/** The first format that recognises a file, with the name it gives it. */
export function detectFormat(head: Head): { format: Format; recognised: FormatName } | null {
  for (const format of formats) {
    const recognised = format.recognise(head);
    if (recognised !== null) return { format, recognised };
  }
  return null;
}
