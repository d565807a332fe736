import { config } from 'zod';

// Else zod tries, with the first schema, whether it may make code; the page's policy refuses that, and says so in the console.
config({ jitless: true });
