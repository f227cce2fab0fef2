/** A scope of the bot token, and why it is asked for. */
export interface Scope {
  name: string;
  why: string;
}

/** What the bot cannot do without (docs.slack.dev/reference/scopes, 2026-11-23). No right to read messages is among it. */
export const NEEDED_SCOPES: readonly Scope[] = [
  { name: 'commands', why: 'to answer /paper, and to offer its shortcuts' },
  {
    name: 'chat:write',
    why: 'to post editions where it was let in, and digests to those who asked for them',
  },
  {
    name: 'reactions:read',
    why: 'to follow a topic, or save a paper, when somebody sets an emoji on its messages',
  },
  { name: 'reactions:write', why: 'to put the topics’ emoji on their panel' },
  { name: 'im:write', why: 'to open the direct message in which a digest is looked up' },
  { name: 'users:read', why: 'to know who is an admin, and a member’s language and time zone' },
  { name: 'channels:read', why: 'to see whether it is in a public channel, and whether that is archived' },
  { name: 'groups:read', why: 'to see the same of private channels that it was let in' },
  { name: 'channels:join', why: 'to join a public channel when a manager presses Join' },
];

/** What some want and others do not, by the word of SLACK_EXTRAS, and option of `paperwire manifest slack`, that adds it. */
export const OPTIONAL_SCOPES = {
  history: [
    { name: 'channels:history', why: 'to look whether a message has arrived before it is sent again' },
    { name: 'groups:history', why: 'the same in private channels' },
    { name: 'im:history', why: 'the same in direct messages with it' },
  ],
  unfurl: [
    { name: 'links:read', why: 'to hear of links to papers at arXiv and Hugging Face' },
    { name: 'links:write', why: 'to show the paper under such a link' },
  ],
  files: [{ name: 'files:write', why: 'to hand over saved papers as a file for a reference manager' }],
} as const satisfies Record<string, readonly Scope[]>;
export type ScopeOption = keyof typeof OPTIONAL_SCOPES;
export const SCOPE_OPTIONS = Object.keys(OPTIONAL_SCOPES) as readonly ScopeOption[];

/** What is asked for together with these options. */
export function scopesWith(extras: readonly ScopeOption[]): Scope[] {
  return [...NEEDED_SCOPES, ...extras.flatMap((extra): readonly Scope[] => OPTIONAL_SCOPES[extra])];
}
