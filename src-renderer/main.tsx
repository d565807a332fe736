// Before any schema is made.
import './app/plain-zod.ts';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/mantine.css';
import './app/tokens.css';
import { App } from './app/App.tsx';
import { allowPlainTextOnly } from './app/trusted-types.ts';
import { copyPlainly } from './format/copy-plainly.ts';
import { Session } from './session/session.ts';

allowPlainTextOnly();
copyPlainly();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const session = new Session(window.cairn);
void session.start();
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
