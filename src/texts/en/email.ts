export const email = {
  title: 'Papers by e-mail',
  onItsWay: (address: string) => `If ${address} can get mail, a message is on its way there.`,
  confirm: 'Nothing more is sent before its link is opened and confirmed; the link ends in two days.',
  list: 'List',
  lists: { daily: 'daily', weekly: 'weekly', monthly: 'monthly' },
  when: 'When',
  about: 'About',
  all: 'all papers of the list',
  leftOut: (names: string) => `Topics of this workspace do not come by e-mail: ${names}.`,
  limited: 'You have had many messages sent already. Please try again in an hour.',
  notSetUp: 'No e-mail is set up here. Whoever runs Paperwire can do so, by SMTP_URL and MAIL_FROM.',
};
