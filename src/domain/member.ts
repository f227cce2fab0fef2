import type { Destination, Platform } from './feed.ts';

/** A person in a workspace. */
export interface Member {
  platform: Platform;
  workspace: string;
  /** As the platform names them. */
  id: string;
}

/** Where somebody is: what a place and a member's id say together. */
export function memberAt(
  { platform, workspace }: Pick<Destination, 'platform' | 'workspace'>,
  id: string,
): Member {
  return { platform, workspace, id };
}
