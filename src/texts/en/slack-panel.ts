/** What is said of a topic panel on Slack. */
export const slackPanel = {
  noScope:
    'The emoji could not be put on the panel: the app lacks the scope reactions:write. Add it in the app’s settings under OAuth & Permissions and install the app again. The list works all the same, and anybody may put the emoji there.',
  closed:
    'The emoji could not be put on the panel: Slack does not let the bot react to messages in this channel. The list works all the same.',
};
