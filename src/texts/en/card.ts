const numbers = new Intl.NumberFormat('en');

/** Words on cards of papers. */
export const card = {
  votes: (votes: number) => `▲ ${numbers.format(votes)}`,
  comments: (comments: number) => (comments === 1 ? '1 comment' : `${numbers.format(comments)} comments`),
  code: 'code',
  codeWithStars: (stars: number) => `code ★ ${numbers.format(stars)}`,
  others: (authors: number) => `and ${numbers.format(authors)} more`,
  abstract: 'Abstract',
  page: 'Page',
  arxiv: 'arXiv',
  pdf: 'PDF',
  codeLink: 'Code',
  project: 'Project',
  details: 'Details of …',
  followTopics: 'Follow topics',
  continued: (title: string) => `${title} (continued)`,
  image: (title: string) => `Image of the paper “${title}”`,
};

/** What stands on buttons. */
export const action = {
  save: 'Save',
  similar: 'Similar',
  up: '👍',
  down: '👎',
  more: 'More',
  back: 'Back',
  help: 'Help',
  preview: 'Preview',
  follow: (topic: string) => `Follow ${topic}`,
  unfollow: 'Unfollow',
  resend: 'Resend',
  dismiss: 'Dismiss',
  erase: 'Erase',
  threadHere: 'Thread here',
};

/** What an adapter itself says. */
export const gateway = {
  tooOld: 'This button is too old. Give the command anew.',
  away: 'Paperwire cannot answer just now. Please try again in a minute.',
  shortened: (command: string) => `There is more than can be shown here. "/paper ${command}" shows the rest.`,
  findName: 'Find the papers in this message',
};
