import type { Destination, Platform } from './feed.ts';

/** A person in a workspace. */
export interface Member {
  platform: Platform;
  workspace: string;
  /** As the platform names them. */
  id: string;
}

/** Somebody on a platform, in whatever workspaces they are: a platform's ids are one person's. */
export type Person = Pick<Member, 'platform' | 'id'>;

/** Where somebody is: what a place and a member's id say together. */
export function memberAt(
  { platform, workspace }: Pick<Destination, 'platform' | 'workspace'>,
  id: string,
): Member {
  return { platform, workspace, id };
}
