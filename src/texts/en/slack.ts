/** What only Slack has, in the words of its own windows. */
export const slack = {
  hidden:
    'The bot cannot see this channel. Choose it from the list that Slack shows after a #; in a private one type /invite @Paperwire first.',
  archived: 'This channel is archived. Unarchive it, or choose another one.',
  invite: 'The bot is not in this channel. Type /invite @Paperwire there, or let it join.',
  invitePrivate: 'The bot is not in this private channel. Type /invite @Paperwire there.',
  noScope:
    'The app may not look at channels: it lacks the scopes channels:read and groups:read. Give it those, and install it anew.',
  noRole: 'Only a user group can be called. Choose it from the list that Slack shows after an @.',
};
