/** What is answered on Slack to what is typed and pressed there. */
export const slackAnswers = {
  help: {
    title: 'Paperwire',
    intro: 'Trending AI papers in Slack. An answer is for you alone until you share it.',
    read: 'Read',
    find: 'Find',
    follow: 'Follow',
    keep: 'Keep',
    feeds: 'Feeds in channels',
    more: '"/paper help command:search" explains one command.',
    today: 'Today',
    search: 'Search…',
    topics: 'Topics',
    home: 'Open Home',
  },
  share: 'Share to channel',
  sharedBy: (who: string) => `Shared by ${who}`,
  noChannel: (given: string) =>
    `"${given}" is no channel that can be found. Type # and pick the channel from the list that Slack shows.`,
  noGroup: (given: string) =>
    `"${given}" is no user group that can be found. Type @ and pick the group from the list that Slack shows.`,
  general: (general: string) =>
    `Everybody reads #${general}, so nothing is posted there unless you name it. Say where to post, for example "/paper feed add channel:#papers".`,
  generalPanel: (general: string) =>
    `Everybody reads #${general}, so a panel is posted there only if you really want it. Give the command in another channel, or post it here all the same.`,
  postHere: 'Post it here all the same',
  joinAndAdd: 'Join this channel and add the feed',
  joinAndGoOn: 'Join this channel and go on',
  joinRefused: 'Slack does not let Paperwire join this channel. Type "/invite @Paperwire" there.',
  joinNotNow: 'The channel could not be joined just now. Please try again in a minute.',
  panelPosted: 'The panel is posted.',
  stranger: 'Only members of the workspace that has Paperwire may ask this.',
  fileSent: (name: string) => `${name} is in your direct messages with Paperwire.`,
  fileCut: (name: string, format: string) =>
    `${name} goes on, but there is no room for more here. "paperwire paper saved --format ${format}" on the command line gives all of it.`,
  tooBig: 'This answer cannot be shown in Slack. Please tell whoever runs Paperwire.',
  modal: {
    title: 'Find papers',
    label: 'What to look for',
    hint: 'Words, "a phrase", author:name, topic:agents, after:2026-01, votes:>50, has:code',
    placeholder: 'diffusion transformers',
    submit: 'Search',
    close: 'Close',
    working: 'Looking…',
    back: 'Back to the results',
  },
};
