import { layoutSuite } from '../layout-suite.ts';
import { nanoGpt } from './layout.ts';

layoutSuite(nanoGpt, { names: { 'ckpt.pt': null }, runs: [{ ids: ['ckpt.pt'], claim: null }] });
