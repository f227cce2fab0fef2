// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

const papers = (number: number) => `${number} Paper`;

export const listing: Texts['listing'] = {
  titles: {
    daily: (weekday, day) => `Paper von ${weekday}, ${day}`,
    weekly: (week) => `Paper der Woche ${week}`,
    monthly: (month) => `Paper des Monats ${month}`,
    trending: 'Angesagte Paper',
    search: (query) => `Paper zu „${query}“`,
  },
  weekdays: {
    mon: 'Montag',
    tue: 'Dienstag',
    wed: 'Mittwoch',
    thu: 'Donnerstag',
    fri: 'Freitag',
    sat: 'Samstag',
    sun: 'Sonntag',
  },
  sample: 'Ein paar Beispiele, da keine echte Liste zu haben ist',
  papers,
  papersOf: (shown, all) => `${shown} von ${all} Papern`,
  soFar: (shown) => `${shown} bis jetzt: die Liste ist noch kurz`,
  fromArchive: 'aus dem Archiv',
  fromSample: 'aus den Beispielen',
  kinds: { daily: 'Tagesliste', weekly: 'Wochenliste', monthly: 'Monatsliste' },
  forms: {
    daily: 'kein Tag in der Form YYYY-MM-DD',
    weekly: 'keine ISO-Woche in der Form YYYY-Www',
    monthly: 'kein Monat in der Form YYYY-MM',
  },
  noPeriod: (given, form, example) => `„${given}“ ist ${form} (zum Beispiel ${example}).`,
  early: (kind, period, first) => `Eine ${kind} ${period} gibt es nicht: die erste ist ${first}.`,
  late: (kind, period, newest) => `Eine ${kind} ${period} gibt es noch nicht: die neueste ist ${newest}.`,
  none: 'Keine Paper.',
  noMore: 'Mehr gibt es nicht.',
  notYet: 'Die Quelle führt dort (noch) keine Paper.',
};

export const paper: Texts['paper'] = {
  noId: (given) =>
    `„${given}“ ist keine arXiv-Kennung. Gib eine wie 2608.19880 oder einen Link zu arXiv oder zu Hugging Face Papers.`,
  unknown: (id) => `Weder Hugging Face noch arXiv kennt ein Paper ${id}. Ist die Kennung vollständig?`,
  topicBecause: (topic, reasons) => `${topic}, denn: ${reasons}`,
  reasons: {
    title: (what) => `„${what}“ im Titel`,
    keywords: (what) => `„${what}“ in den Stichwörtern`,
    summary: (what) => `„${what}“ in der Zusammenfassung`,
    abstract: (what) => `„${what}“ im Abstract`,
    author: (what) => `von ${what}`,
    organization: (what) => `aus dem Hause ${what}`,
    topic: (what) => `zu ${what}`,
  },
};

export const search: Texts['search'] = {
  empty: 'Sag, wonach gesucht werden soll, zum Beispiel: /paper search query:"diffusion transformers".',
  tooLong: (most, length) => `Kürze die Anfrage auf ${most} Zeichen; sie hat ${length}.`,
  title: (query) => `Suche: ${query}`,
  none: 'Keine Paper. Versuche es mit anderen oder weniger Wörtern.',
  noMore: (most) => `Mehr gibt es nicht: nur die besten ${most} werden geordnet. Sag genauer, was du suchst.`,
  unknown: (id) => `Niemand kennt ein Paper ${id}.`,
  readAs: (given, taken) => `„${given}“ wurde als „${taken}“ gelesen.`,
  notes: {
    'unread-filter': (part) =>
      `„${part}“ ist kein Filter, der sich lesen lässt, und wurde als Wörter genommen.`,
    'unknown-topic': (topic) =>
      `Ein Thema „${topic}“ gibt es nicht; „/paper topics list“ zeigt, was es gibt.`,
    'archive-closed': () => 'Das Archiv ließ sich nicht durchsuchen; das ist, was Hugging Face hat.',
    'source-closed': () => 'Hugging Face war nicht zu erreichen; das ist, was das Archiv hat.',
    'source-late': () => 'Hugging Face hat nicht rechtzeitig geantwortet; das ist, was es ohne gibt.',
    indexing: () => 'Das Verzeichnis des Archivs wird noch aufgebaut; vielleicht gibt es mehr.',
    sample: () => 'Das sind mitgelieferte Beispiele, da keine echten Paper zu haben sind.',
  },
  page: (number, shown) => `Seite ${number}: ${shown}`,
  andMore: (shown) => `${shown} und mehr`,
};

export const similar: Texts['similar'] = {
  title: (id) => `Ähnlich wie ${id}`,
  none: 'Im Archiv ist noch kein ähnliches Paper.',
};

export const find: Texts['find'] = {
  title: 'Paper, die der Text nennt',
  none: 'Der Text nennt kein Paper: weder eine arXiv-Kennung noch einen Link zu arXiv oder zu Hugging Face Papers.',
  tooLong: (most, length) => `Kürze den Text auf ${most} Zeichen; er hat ${length}.`,
  unknown: (ids) => `Niemand kennt ${ids}.`,
  unread: (ids) => `Zu ${ids} war gerade niemand zu erreichen.`,
  first: (most) => `Das sind die ersten ${most}; der Text nennt mehr.`,
};
