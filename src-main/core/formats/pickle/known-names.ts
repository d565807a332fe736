import { elementSizes } from '../element-sizes.ts';

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
  ['__builtin__', new Set([...plain, 'unicode', 'long', 'xrange'])],
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
  ['numpy', new Set(words('dtype ndarray recarray record'))],
  ['numpy.ma.core', new Set(words('_mareconstruct MaskedArray'))],
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
export function classOfName(module: string, name: string): 'tensor' | 'data' | 'code' {
  if (tensorNames.get(module)?.has(name)) return 'tensor';
  if (storageModules.has(module) && storageName.test(name)) return 'tensor';
  return dataNames.get(module)?.has(name) ? 'data' : 'code';
}

/**
 * Modules whose functions carry out, fetch, write or combine what they are given: no checkpoint needs them, so that naming
 * anything of them in any place counts as calling it.
 */
const acting = new Set(
  words(`os posix nt posixpath ntpath pty subprocess _posixsubprocess multiprocessing _multiprocessing threading _thread asyncio concurrent
    sched signal atexit builtins __builtin__ sys site importlib _frozen_importlib _frozen_importlib_external imp _imp runpy
    pkgutil zipimport pip ensurepip venv pkg_resources setuptools distutils code codeop compileall py_compile ast dis inspect
    types _types functools _functools operator _operator itertools weakref _weakref gc pdb bdb cmd profile cProfile
    _lsprof timeit trace tracemalloc doctest unittest pydoc idlelib lib2to3 marshal pickle _pickle pickletools shelve
    dbm sqlite3 _sqlite3 ctypes _ctypes cffi _cffi_backend mmap fcntl io _io _pyio tempfile shutil glob fileinput linecache
    logging socket _socket ssl _ssl selectors socketserver urllib http smtplib ftplib poplib imaplib nntplib telnetlib
    xmlrpc requests httpx aiohttp webbrowser antigravity platform getpass cgi wsgiref tkinter turtle`),
);

/** Parts of libraries that load files or run programs. */
const actingParts =
  /^(?:torch\.(?:hub|load|jit|ops|package|serialization|utils\.cpp_extension|utils\.bottleneck|multiprocessing|_dynamo|_inductor)|numpy\.(?:load|fromfile|loadtxt|memmap|genfromtxt|testing|f2py|distutils|ctypeslib|lib\.npyio)|joblib\.(?:load|hashing|parallel|_parallel_backends)|cloudpickle|dill|numexpr\.evaluate|pandas\.(?:eval|io|read_\w+))(?:\.|$)/;

/** Whether naming it, wherever that is, counts as calling it. */
export function isActing(module: string, name: string): boolean {
  if (classOfName(module, name) !== 'code') return false;
  return acting.has(module.split('.', 1)[0] ?? '') || actingParts.test(`${module}.${name}`);
}

/** How PyTorch pickles a storage on its own: as the bytes of a whole file. torch/storage.py */
export function isLoader(module: string, name: string): boolean {
  return name === '_load_from_bytes' && module === 'torch.storage';
}
