import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../setup/places.mjs';
import { findUnstyled } from './find-unstyled.mjs';

function page(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-styles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const files = {
  'main.tsx': "const later = () => import('./page/Page.tsx');\nimport './base.css';",
  'base.css': '.plain { color: red }',
  'page/Page.tsx': 'import { Part } from "../part/Part.tsx";\n<p className="plain" />',
  'part/Part.tsx': '<p className={busy ? "part" : undefined} />',
  'part/part.css': '.part { color: blue }',
};

test('a component whose styles come only with another page is found, by the page that lacks them', () => {
  const folder = page(files);
  expect(findUnstyled(folder, 'main.tsx')).toEqual([
    { component: join(folder, 'part/Part.tsx'), name: 'part', loadedBy: join(folder, 'page/Page.tsx') },
  ]);
});

test('none is where the component, or what it is loaded with, brings them', () => {
  const own = { ...files, 'part/Part.tsx': `import './part.css';\n${files['part/Part.tsx']}` };
  expect(findUnstyled(page(own), 'main.tsx')).toEqual([]);
  const withPage = { ...files, 'page/Page.tsx': `import '../part/part.css';\n${files['page/Page.tsx']}` };
  expect(findUnstyled(page(withPage), 'main.tsx')).toEqual([]);
});

test('each page of the window brings the styles of all that it shows', () => {
  expect(findUnstyled(join(root, 'src-renderer'), 'main.tsx')).toEqual([]);
});
