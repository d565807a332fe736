import type { Contents, PickledGlobal, Trust } from '../contents.ts';
import { elementSizes } from '../element-sizes.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import type { PickledName } from '../pickle/value.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Functions and types that tensors are made of. A list of what is known, never of what is dangerous. */
const tensorNames = new Map<string, ReadonlySet<string>>([
  [
    'torch._utils',
    new Set(
      words(`_rebuild_tensor _rebuild_tensor_v2 _rebuild_tensor_v3 _rebuild_parameter _rebuild_parameter_with_state
        _rebuild_sparse_tensor _rebuild_sparse_csr_tensor _rebuild_nested_tensor _rebuild_qtensor
        _rebuild_meta_tensor_no_storage _rebuild_wrapper_subclass _rebuild_device_tensor_from_numpy
        _rebuild_device_tensor_from_cpu_tensor _rebuild_xla_tensor`),
    ),
  ],
  ['torch._tensor', new Set(['_rebuild_from_type_v2'])],
  ['torch.nn.parameter', new Set(['Parameter', 'Buffer'])],
  ['torch.storage', new Set(['UntypedStorage', 'TypedStorage', '_UntypedStorage', '_TypedStorage'])],
  ['torch.serialization', new Set(['_get_layout'])],
  [
    'torch',
    new Set([
      ...words(`Size device Tensor dtype strided sparse_coo sparse_csr per_tensor_affine per_channel_affine
        per_tensor_symmetric per_channel_symmetric per_channel_affine_float_qparams`),
      ...elementSizes.keys(),
    ]),
  ],
]);

const storageModules = new Set(['torch', 'torch.cuda']);
const storageName =
  /^(Double|Float|Half|BFloat16|Long|Int|Short|Char|Byte|Bool|Complex\w+|QU?Int\w+)Storage$/;

const containers = words('OrderedDict defaultdict deque Counter');
const plain = words(
  'set frozenset list dict tuple complex bytearray bytes str int float bool object slice range',
);
const paths = words('Path PosixPath WindowsPath PurePath PurePosixPath PureWindowsPath');
const arrays = words('_reconstruct scalar');

/** Data that training code keeps beside its tensors, and what it is made of. */
const dataNames = new Map<string, ReadonlySet<string>>([
  ['collections', new Set(containers)],
  ['builtins', new Set(plain)],
  ['__builtin__', new Set([...plain, 'unicode', 'long'])],
  ['_codecs', new Set(['encode'])],
  ['copyreg', new Set(['_reconstructor', '__newobj__'])],
  ['copy_reg', new Set(['_reconstructor', '__newobj__'])],
  ['argparse', new Set(['Namespace'])],
  ['pathlib', new Set(paths)],
  ['pathlib._local', new Set(paths)],
  ['datetime', new Set(words('datetime date time timedelta timezone'))],
  ['decimal', new Set(['Decimal'])],
  ['uuid', new Set(['UUID'])],
  ['typing', new Set(['Any'])],
  ['numpy', new Set(['dtype', 'ndarray'])],
  ['numpy.core.multiarray', new Set(arrays)],
  ['numpy._core.multiarray', new Set(arrays)],
  ['numpy.core.numeric', new Set(['_frombuffer'])],
  ['numpy._core.numeric', new Set(['_frombuffer'])],
  ['omegaconf.dictconfig', new Set(['DictConfig'])],
  ['omegaconf.listconfig', new Set(['ListConfig'])],
  ['omegaconf.base', new Set(words('Metadata ContainerMetadata'))],
  [
    'omegaconf.nodes',
    new Set(words('AnyNode StringNode IntegerNode FloatNode BooleanNode BytesNode PathNode EnumNode')),
  ],
]);

/** Whether a name makes tensors, makes data of a kind that is known, or may do anything. */
function classifyGlobal({ module, name, isFollowed }: PickledName): PickledGlobal['class'] {
  if (isFollowed) return 'tensor';
  if (tensorNames.get(module)?.has(name)) return 'tensor';
  if (storageModules.has(module) && storageName.test(name)) return 'tensor';
  return dataNames.get(module)?.has(name) ? 'data' : 'code';
}

/** The names that pickles mention, as they are shown. */
function describeGlobals(names: PickledNames): PickledGlobal[] {
  return names.all.map((named) => ({
    module: named.module,
    name: named.name,
    called: named.use !== 'named',
    class: classifyGlobal(named),
    offset: named.offset,
  }));
}

/** What the names in a file say of loading it. */
export function describeLoading(names: PickledNames): Pick<Contents, 'globals' | 'trust' | 'unread'> {
  return { globals: describeGlobals(names), trust: judgeTrust(names), unread: names.unread };
}

/**
 * What loading would take: nothing but tensors and plain data, the classes of the trainer, or calls of unknown code. What
 * was not read may be any of these, so that it counts as the last.
 */
function judgeTrust(names: PickledNames): Trust {
  if (names.unread.length > 0) return 'runs-code';
  const code = names.all.filter((named) => classifyGlobal(named) === 'code');
  if (code.some(({ use }) => use === 'called')) return 'runs-code';
  return code.length > 0 ? 'needs-classes' : 'tensors-only';
}
