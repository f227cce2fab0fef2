import { StoreError } from '../../../src/errors.ts';
import type { Installations } from '../../../src/installations.ts';
import { installationSchema, type SlackInstallation } from './installation.ts';

/** Where a workspace's installation lies. */
export function whereOf(workspace: string) {
  return { platform: 'slack', workspace } as const;
}

/** An installation as the store has it; undefined where there is none. Errors: `StoreError`. */
export async function readKept(
  installations: Pick<Installations, 'get'>,
  workspace: string,
): Promise<SlackInstallation | undefined> {
  const kept = await installations.get(whereOf(workspace));
  if (kept === undefined) return undefined;
  const { data, error } = installationSchema.safeParse(kept);
  if (error) throw new StoreError('read', { key: `installations:slack:${workspace}`, cause: error });
  return data;
}
