import type { TestProject } from 'vitest/node';
import { openDesk } from './desk.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests ask for servers; see `Desk`. */
    testServers?: string;
  }
}

/** Vitest's global setup: opens the desk for the run. Costs a run of tests that need no server nothing. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const desk = await openDesk({ env: process.env, warn: console.warn });
  project.provide('testServers', desk.url);
  return () => desk.close();
}
