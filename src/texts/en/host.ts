import { MAX_SUBSCRIPTIONS } from '../../domain/subscription.ts';

/** What is answered before a command is reached, or when it broke. */
export const host = {
  failed: 'That did not work',
  byTheWay: 'By the way',
  troubles: {
    'messages-closed':
      'Your digest could not be delivered, as your direct messages are closed to me. It is kept and tried again daily; open them to get it sooner.',
    'thread-closed':
      'Your digest could not be delivered, as its thread is closed to me. It is kept and tried again daily.',
    'not-asked':
      'You follow what you chose by an emoji, but I could not ask you whether its papers may come as direct messages, as yours are closed to me. "/paper following every:daily" lets them come.',
    full: `You follow ${MAX_SUBSCRIPTIONS} topics, authors and organisations, and that is the most: what you chose by an emoji was not added. "/paper unfollow" makes room; then choose it anew.`,
  },
  noCommand: (name: string) => `There is no command "${name}". "/paper help" lists the ones there are.`,
  managersOnly: (name: string) =>
    `Only managers of this workspace may use "/paper ${name}". Ask one of them.`,
  homeless: 'This works in a server that has Paperwire.',
  refusals: {
    'no-edition-here': 'No feed posts a daily edition in this channel. Give a time instead.',
    'no-thread-here': 'A digest can come in a thread only in a channel of a platform with private threads.',
    'thread-refused': 'No private thread could be opened in this channel.',
    'thread-not-now': 'The thread could not be opened just now. Please try again in a few minutes.',
    'feed-busy': 'The feed is being posted just now. Please try again in three minutes.',
    'digest-busy': 'Your digest is being sent just now. Please try again in three minutes.',
    'no-mail-address': 'That is no e-mail address. Give one such as ada@example.org, without a name.',
    'too-much-for-a-link':
      'You follow so much that the link to confirm it would be too long for a mail. "/paper unfollow" ends something.',
  },
  noOption: (command: string, option: string) =>
    `"/paper ${command}" has no option "${option}". See "/paper help command:${command}".`,
  missing: (option: string) => `"${option}" is missing.`,
  oneOf: (option: string, choices: string, given: string) =>
    `"${option}" is one of ${choices}, not "${given}".`,
  wholeNumber: (option: string, low: number, high: number, given: string) =>
    `"${option}" is a whole number from ${low} to ${high}, not "${given}".`,
  noText: (option: string) => `"${option}" is not given as text.`,
  sourceClosed: (reason: string) =>
    `${reason} Nothing of it is in the archive either. Please try again in a few minutes.`,
  storeClosed: 'Paperwire cannot reach its store just now. Please try again later.',
  platformClosed: 'The platform cannot be asked just now. Please try again in a minute.',
  ourFault: 'Something went wrong in Paperwire itself; its operator finds the reason in the log.',
};

export const help = {
  title: 'Paperwire',
  intro: 'Trending AI papers, searched and followed from here.',
  family: (name: string) => `The ${name} commands`,
  sentence: (summary: string) => `${summary}.`,
  example: (example: string) => `Example: /paper ${example}`,
  choices: (summary: string, choices: string) => `${summary} (${choices})`,
  required: (summary: string) => `${summary}; required`,
};
