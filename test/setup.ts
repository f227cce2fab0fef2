// Runs before each file of tests, in the same process as the files before it: what they import is loaded once, and a
// hook at the top of a helper would be set for the first of them only (`architecture.test.ts` forbids it).
import { afterAll } from 'vitest';
import { endFile } from './closing.ts';

afterAll(endFile);
