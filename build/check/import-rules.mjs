/** A file the checks write into each folder's copy, for the others to import. */
export const TARGET = 'import-rule-target.ts';

/**
 * Lines that must be refused, by the folder whose file holds them: the third column of the table in ARCHITECTURE.md.
 * @type {Record<string, string[]>}
 */
export const FORBIDDEN = {
  shared: [
    "import * as found from 'node:fs';",
    "import * as found from 'electron';",
    "import * as found from 'react';",
    "import * as found from 'commander';",
    `import * as found from '../src-main/core/${TARGET}';`,
    `import * as found from '../src-renderer/${TARGET}';`,
    'const found = document.title;',
    'const found = process.argv;',
  ],
  'src-main/core': [
    "import * as found from 'electron';",
    "const found = await import('electron');",
    "import type * as found from 'electron';",
    "import * as found from 'react';",
    "import * as found from 'commander';",
    `import * as found from '../electron/${TARGET}';`,
    `import * as found from '../cli/${TARGET}';`,
    `import * as found from '../preload/${TARGET}';`,
    `import * as found from '../../src-renderer/${TARGET}';`,
    "import * as found from './catalog/layouts/stable-baselines3/layout.ts';",
    'const found = document.title;',
  ],
  'src-main/electron': [
    "import * as found from 'react';",
    `import * as found from '../cli/${TARGET}';`,
    `import * as found from '../preload/${TARGET}';`,
    `import * as found from '../../src-renderer/${TARGET}';`,
  ],
  'src-main/cli': [
    "import * as found from 'electron';",
    "const found = await import('electron');",
    `import * as found from '../electron/${TARGET}';`,
    `import * as found from '../preload/${TARGET}';`,
    `import * as found from '../../src-renderer/${TARGET}';`,
  ],
  'src-main/preload': [
    "import * as found from 'node:fs';",
    "import * as found from 'zod';",
    "import * as found from '../../shared/ipc/contract.ts';",
    `import * as found from '../core/${TARGET}';`,
    `import * as found from '../cli/${TARGET}';`,
    `import * as found from '../../src-renderer/${TARGET}';`,
  ],
  'src-renderer': [
    "import * as found from 'node:fs';",
    "import * as found from 'electron';",
    "const found = await import('electron');",
    `import * as found from '../src-main/core/${TARGET}';`,
    `import * as found from '../src-main/electron/${TARGET}';`,
    `import * as found from '../src-main/preload/${TARGET}';`,
    'const found = process.argv;',
  ],
  examples: [
    "import * as found from 'electron';",
    `import * as found from '../src-main/electron/${TARGET}';`,
    `import * as found from '../src-main/cli/${TARGET}';`,
    `import * as found from '../src-renderer/${TARGET}';`,
    'const found = document.title;',
  ],
  e2e: [
    `import * as found from '../src-main/core/${TARGET}';`,
    `import * as found from '../src-main/cli/${TARGET}';`,
    `import * as found from '../src-renderer/${TARGET}';`,
  ],
};

/**
 * Lines that must pass: without them a check that refuses everything would look good.
 * @type {Record<string, string[]>}
 */
export const ALLOWED = {
  shared: ["import * as found from 'zod';"],
  'src-main/core': ["import * as found from 'node:fs';", `import * as found from '../../shared/${TARGET}';`],
  'src-main/electron': ["import * as found from 'electron';", `import * as found from '../core/${TARGET}';`],
  'src-main/cli': ["import * as found from 'commander';", `import * as found from '../core/${TARGET}';`],
  'src-main/preload': [
    "import * as found from 'electron';",
    "import * as found from '../../shared/ipc/channels.ts';",
    "import type { Requests } from '../../shared/ipc/contract.ts';",
  ],
  'src-renderer': ["import * as found from 'react';", `import * as found from '../shared/${TARGET}';`],
  examples: [`import * as found from '../src-main/core/${TARGET}';`, "import * as found from 'node:fs';"],
  e2e: ["import * as found from '@playwright/test';"],
};
