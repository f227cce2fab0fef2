/** What only Discord has, in the words of its own settings. */
export const discord = {
  hidden: 'The bot cannot see this channel. Give it View Channel there, or choose another one.',
  noServer: 'A feed needs a channel of a server.',
  kind: 'Nothing can be posted in a channel of this kind. Choose a text channel, a thread or a forum.',
  lacks: (permission: string, why: string) =>
    `The bot lacks the permission ${permission} in this channel, ${why}. Give it in the channel’s settings, under Permissions.`,
  tag: 'This forum asks for a tag on every post. Take that requirement off, or choose another channel.',
  noRole: 'There is no such role in this server.',
  closedRole: 'This role cannot be called by the bot. Allow anyone to @mention it in the role’s settings.',
  permissions: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    ReadMessageHistory: 'Read Message History',
    CreatePublicThreads: 'Create Public Threads',
    SendMessagesInThreads: 'Send Messages in Threads',
    CreatePrivateThreads: 'Create Private Threads',
    AddReactions: 'Add Reactions',
  },
  reasons: {
    ViewChannel: 'to see the channel it posts in',
    SendMessages: 'to post editions',
    ReadMessageHistory: 'to look whether a message has arrived before it is sent again',
    CreatePublicThreads: 'to put the papers of an edition under it, in the layout "cards"',
    SendMessagesInThreads: 'to post in these threads, and in forums',
    CreatePrivateThreads: 'to bring a digest to members who take no direct messages',
    AddReactions: 'to put the topics’ emoji on their panel',
  },
};
