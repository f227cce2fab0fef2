/** What may be wrong with a program that runs for long; see `leak.ts`, by which it is put into one. */
export const LEAKS = ['memory', 'sockets', 'rejection', 'warning'] as const;
export type LeakKind = (typeof LEAKS)[number];
