// Stands in for the default app that Electron's own binary carries: `electron [-r FILE] FOLDER …` runs the app in FOLDER.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const { folder, preloads } = readArguments(process.argv.slice(1));

if (folder === undefined) {
  process.stderr.write('usage: electron [-r FILE] FOLDER\n');
  app.exit(2);
} else {
  for (const file of preloads) require(resolve(file));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.name = manifest.productName ?? manifest.name;
  app.setVersion(manifest.version);
  app.setDesktopName(`${app.name}.desktop`);
  app.setAppPath(folder);
  // Awaited, so that 'ready' waits for the app's own code: it must register its scheme before.
  await import(pathToFileURL(join(folder, manifest.main)).href);
}

function readArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '-r' || args[index] === '--require') {
      index += 1;
      preloads.push(args[index]);
    } else if (!args[index].startsWith('-')) {
      return { folder: resolve(args[index]), preloads };
    }
  }
  return { folder: undefined, preloads };
}
