/** How whoever sits at a terminal calls this program: the package puts a command on the path, a checkout does not. */
export const PROGRAM = import.meta.url.endsWith('.ts') ? 'node scripts/run.mjs' : 'paperwire';
