import { expect, test } from 'vitest';
import { evaluatorEnvironment } from './evaluator-environment.ts';

test('an evaluator gets the environment of its user, without what Electron set for itself', () => {
  const environment = {
    PATH: '/usr/bin:/bin',
    PYTHONPATH: '/home/me/lib',
    NODE_OPTIONS: '--max-old-space-size=4096',
    ELECTRON_RUN_AS_NODE: '1',
    ELECTRON_ENABLE_LOGGING: '',
    CHROME_DESKTOP: 'cairn.desktop',
    ORIGINAL_XDG_CURRENT_DESKTOP: 'KDE',
  };
  expect(evaluatorEnvironment(environment)).toEqual({
    PATH: '/usr/bin:/bin',
    PYTHONPATH: '/home/me/lib',
    NODE_OPTIONS: '--max-old-space-size=4096',
  });
});

test('an evaluator of an AppImage finds the libraries of the system, not those of the image', () => {
  const environment = {
    APPDIR: '/tmp/.mount_CairnX',
    APPIMAGE: '/home/me/Cairn.AppImage',
    OWD: '/home/me',
    PATH: '/tmp/.mount_CairnX:/tmp/.mount_CairnX/usr/sbin:/usr/bin',
    LD_LIBRARY_PATH: '/tmp/.mount_CairnX/usr/lib:',
    HOME: '/home/me',
    OTHER: '/tmp/.mount_CairnXY/lib:',
  };
  expect(evaluatorEnvironment(environment)).toEqual({
    PATH: '/usr/bin',
    HOME: '/home/me',
    OTHER: '/tmp/.mount_CairnXY/lib:',
  });
});
