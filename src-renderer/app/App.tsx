import { MantineProvider } from '@mantine/core';
import { DropZone } from '../drop/DropZone.tsx';
import type { Session } from '../session/session.ts';
import { SessionContext } from '../session/useSession.ts';
import { Screen } from './Screen.tsx';
import { readStyleNonce } from './style-nonce.ts';
import { cssVariables, theme } from './theme.ts';

const nonce = readStyleNonce();

export function App({ session }: { session: Session }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <SessionContext value={session}>
        <Screen />
        <DropZone />
      </SessionContext>
    </MantineProvider>
  );
}
