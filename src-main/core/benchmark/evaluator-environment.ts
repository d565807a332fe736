/** What Electron and Chromium set for themselves, and what an AppImage says of itself. */
const ours =
  /^(?:ELECTRON_.*|CHROME_DESKTOP|CHROME_CRASHPAD_PIPE_NAME|ORIGINAL_XDG_CURRENT_DESKTOP|APPDIR|APPIMAGE|ARGV0|OWD)$/;

/**
 * The environment of this program as its user has it: without what tells Electron how to start, and without the folders that an AppImage puts
 * before the system's (its `AppRun` does so to PATH, LD_LIBRARY_PATH and others), whose libraries are none for other programs.
 */
export function evaluatorEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { APPDIR: mounted } = environment;
  const own = Object.entries(environment).filter(([name]) => !ours.test(name));
  if (!mounted) return Object.fromEntries(own);
  const isMounted = (part: string) => part === mounted || part.startsWith(`${mounted}/`);
  return Object.fromEntries(
    own.flatMap(([name, value = '']) => {
      const parts = value.split(':');
      if (!parts.some(isMounted)) return [[name, value]];
      const left = parts.filter((part) => part !== '' && !isMounted(part));
      return left.length > 0 ? [[name, left.join(':')]] : [];
    }),
  );
}
