import type { Json } from './domain/delivery.ts';
import type { Workspace } from './people.ts';

/**
 * What platforms gave us for the workspaces that installed us, each in the platform's own form, tokens among it; sealed
 * where it lies. Each call is durable when it resolves. Errors: `StoreError`, also where one cannot be unsealed.
 */
export interface Installations {
  /** Undefined where nobody has installed us. */
  get(workspace: Workspace): Promise<Json | undefined>;
  /** Takes the place of an earlier one. */
  put(workspace: Workspace, installation: Json): Promise<void>;
  /** False when there was none. */
  remove(workspace: Workspace): Promise<boolean>;
  /**
   * Does what only one process may do for a workspace at a time. Undefined, and nothing is done, while another one is at
   * it, or another call of this one.
   */
  alone<T>(workspace: Workspace, work: () => Promise<T>): Promise<{ done: T } | undefined>;
}
