import { createRequire } from 'node:module';
import { ConfigError, installCommand, StoreError } from '../errors.ts';
import { withVersions } from '../version.ts';

/**
 * Loads the driver of a server, which whoever uses an embedded store need not have. `load`: its dynamic import. Errors:
 * `ConfigError` when it is not installed, `StoreError` when it cannot be loaded.
 */
export async function loadDriver<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isInstalled(name)) throw missing(name);
    throw new StoreError('opening', { cause, message: `its driver "${name}" cannot be loaded.` });
  }
}

/** An import that fails does not say which module was missing: the driver, or one that it needs itself. */
function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function missing(name: string): ConfigError {
  const problem = `such a store needs the package "${name}", which is not installed. Install it: ${installCommand(withVersions([name]))}`;
  return new ConfigError([{ variable: 'STORE_URL', problem }]);
}
