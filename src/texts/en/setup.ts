/** The first message to whoever brings us to a server. */
export const setup = {
  title: (server: string) => `Paperwire is in ${server}`,
  words:
    'It brings each day’s trending AI papers. Three choices, and it posts; after this message it says nothing until the first edition.',
  channel: '1. Which channel?',
  time: '2. At what time?',
  zone: 'In which time zone?',
  topics: '3. Which topics? All papers when none is chosen.',
  start: 'Start',
  preview: 'Show today’s papers',
  noChannel:
    'There is no channel yet in which the bot may post. Give it View Channel, Send Messages and Read Message History in one, then open this again with "/paper feed add" there.',
  others: (shown: number) =>
    `Only the first ${shown} channels stand here. In any other, give "/paper feed add" there.`,
  chooseChannel: 'Choose a channel first.',
  notYours: 'Only those who may manage the server can set this up.',
  more: 'Everything else: "/paper feed add" and "/paper help" in the server.',
};
