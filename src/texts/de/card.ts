// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

const numbers = new Intl.NumberFormat('de');

export const card: Texts['card'] = {
  votes: (votes) => `▲ ${numbers.format(votes)}`,
  comments: (comments) => (comments === 1 ? '1 Kommentar' : `${numbers.format(comments)} Kommentare`),
  code: 'Code',
  codeWithStars: (stars) => `Code ★ ${numbers.format(stars)}`,
  others: (authors) => `und ${numbers.format(authors)} weitere`,
  abstract: 'Zusammenfassung',
  page: 'Seite',
  arxiv: 'arXiv',
  pdf: 'PDF',
  codeLink: 'Code',
  project: 'Projekt',
  details: 'Einzelheiten zu …',
  followTopics: 'Themen folgen',
  continued: (title) => `${title} (Fortsetzung)`,
  image: (title) => `Bild zum Paper „${title}“`,
};

export const action: Texts['action'] = {
  save: 'Merken',
  similar: 'Ähnliche',
  up: '👍',
  down: '👎',
  more: 'Weiter',
  back: 'Zurück',
  help: 'Hilfe',
  preview: 'Vorschau',
  follow: (topic) => `${topic} folgen`,
  unfollow: 'Nicht mehr folgen',
  resend: 'Erneut senden',
  dismiss: 'Auf sich beruhen lassen',
  erase: 'Löschen',
  threadHere: 'In einem Thread hier',
};

export const gateway: Texts['gateway'] = {
  tooOld: 'Dieser Knopf ist zu alt. Gib den Befehl noch einmal.',
  away: 'Paperwire kann gerade nicht antworten. Bitte versuche es in einer Minute noch einmal.',
  shortened: (command) => `Es gibt mehr, als hier gezeigt werden kann. „/paper ${command}“ zeigt den Rest.`,
  findName: 'Paper in dieser Nachricht finden',
};
