import type { Platform } from '../../domain/feed.ts';
import type { Member, Person } from '../../domain/member.ts';
import type { ReactedMessage } from '../../domain/reaction.ts';
import type { Workspace } from '../../people.ts';
import { workspaceKey } from './keys.ts';
import { joinParts } from './parts.ts';

/** Every key of what is kept of people and of where we are, and what lies there; see `createKeys`. Rows are JSON. */
export function createPeopleKeys(prefix: string) {
  const own = (name: string) => `${prefix}:${name}`;
  const ofMember = (type: string) => (member: Member) => own(`${type}:${memberKey(member)}`);
  const ofWorkspace = (type: string) => (workspace: Workspace) => own(`${type}:${workspaceKey(workspace)}`);
  return {
    /** Sorted by bytes: everybody of whom anything is kept but the feeds that they manage. */
    members: own('members'),
    /** Set: the workspaces in which that is so of somebody. */
    person: ({ platform, id }: Person) => own(`person:${joinParts(platform, id)}`),
    /** Hash: by kind and key a row of `Subscriptions`. */
    follows: ofMember('follows'),
    /** Hash: by paper the instant of saving. */
    saved: ofMember('saved'),
    /** Hash: by paper a row of `Ratings`. */
    ratings: ofMember('ratings'),
    /** Set: the reactions that name a member, as `reactionKey` has them. */
    reacted: ofMember('reacted'),

    /** Hash: by topic how many follow it; 0 is nobody. */
    followers: ofWorkspace('followers'),
    /** Sorted by bytes, as (topic, member): who follows what. */
    following: ofWorkspace('following'),
    /** Hash: by paper how many have it saved; 0 is nobody. */
    savers: own('savers'),
    /** Hash: by slug a row of `Topics`. */
    topics: ofWorkspace('topics'),
    /** Set: the workspaces that have made topics. */
    makers: own('makers'),

    /** Text: a row of `Workspaces`. */
    workspace: ofWorkspace('workspace'),
    /** Sorted by bytes, their ids: the workspaces that have us, that let us go, that have us and were not greeted. */
    present: (platform: Platform) => own(`present:${platform}`),
    departed: (platform: Platform) => own(`departed:${platform}`),
    ungreeted: (platform: Platform) => own(`ungreeted:${platform}`),

    /** By place: topic panels. */
    panels: own('panels'),
    /** Set: those of a workspace. */
    panelsIn: ofWorkspace('panels-in'),
    /** Hash: by emoji and mark a row of `Reactions`. */
    reactions: (message: ReactedMessage) => own(`reactions:${messageKey(message)}`),
    /** Sorted by bytes: the messages on which anything was seen. */
    messages: own('messages'),
    /** By when they were seen, in milliseconds: the reactions that are forgotten by their age. */
    ageing: own('ageing'),
  };
}

export type PeopleKeys = ReturnType<typeof createPeopleKeys>;

/** A member as a part of keys and members of sets. */
export function memberKey({ platform, workspace, id }: Member): string {
  return joinParts(platform, workspace, id);
}

/** A message as a part of keys and members of sets. */
export function messageKey({ place, messageId }: ReactedMessage): string {
  return joinParts(place.platform, place.workspace, place.channel, messageId);
}
