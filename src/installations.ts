import type { Instant } from './domain/calendar.ts';
import type { Json } from './domain/delivery.ts';
import type { Workspace } from './people.ts';

/**
 * What platforms gave us for the workspaces that installed us, each in the platform's own form, tokens among it; sealed
 * where it lies. Each call is durable when it resolves. What was put before its workspace let us go is erased with it,
 * what was put since stays. Errors: `StoreError`; its operation is `UNSEALING` where one cannot be opened.
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

/** What a platform gave us for a workspace that installed us, as it is kept. */
export interface KeptInstallation {
  /** What only whoever has the key can read. */
  sealed: string;
  keptAt: Instant;
}

/** What `StoreError.operation` says of one that was sealed with another key, or changed since. */
export const UNSEALING = 'unsealing';

/** The key of an installation, and in a claim what it is of. */
export function installationKey({ platform, workspace }: Workspace): string {
  return `${platform}:${workspace}`;
}
