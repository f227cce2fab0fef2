// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const feed: Texts['feed'] = {
  title: (id) => `Feed: ${id}`,
  list: 'Alle Feeds',
  none: 'Noch gibt es keinen Feed. „/paper feed add“ legt einen an.',
  noFeed: (id) => `Einen Feed „${id}“ gibt es hier nicht. „/paper feed list“ zeigt die vorhandenen.`,
  line: (listing, time, zone, days, channel) => `${listing} um ${time} ${zone}, ${days}, in ${channel}`,
  added: (id) => `Feed ${id} angelegt`,
  first: (at) => `Zum ersten Mal postet er am ${at}.`,
  changed: (id) => `Feed ${id} geändert`,
  paused: (id) => `Feed ${id} angehalten`,
  resumed: (id) => `Feed ${id} läuft weiter`,
  removed: (id) => `Feed ${id} entfernt`,
  forgotten: 'Er postet nicht mehr, und was er gepostet hat, ist vergessen.',
  nextEdition: 'Die nächste Ausgabe, wie sie jetzt wäre.',
  nothingNew: 'Es gibt nichts Neues.',
  nothingNewYet: 'Es gibt noch nichts Neues. Die Ausgabe kommt zu ihrer Zeit.',
  named: (id, listing, time, zone) => `${id} (${listing} um ${time} ${zone})`,
  which: (feeds) => `Sag mit id, welcher gemeint ist: ${feeds}.`,
  nothingToChange: 'Sag, was sich ändern soll, zum Beispiel time:17:30.',
  noTime: (given) => `„${given}“ ist keine Uhrzeit. Schreibe sie als HH:MM, zum Beispiel 09:00 oder 17:30.`,
  noZone: (given) => `„${given}“ ist keine Zeitzone. Gib eine wie Europe/Berlin, America/New_York oder UTC.`,
  noDays: (given) =>
    `„${given}“ sind keine Wochentage. Schreibe sie als mon,wed,fri oder mon-fri, oder daily.`,
  noChannel: (given) => `„${given}“ ist kein Kanal.`,
  obstacles: (obstacles) =>
    `Nichts wurde gespeichert, denn so könnte der Feed nicht gepostet werden. ${obstacles}`,
  listings: { daily: 'täglich', weekly: 'wöchentlich', monthly: 'monatlich', trending: 'angesagt' },
  states: { active: 'aktiv', paused: 'angehalten', suspended: 'ausgesetzt' },
  days: { mon: 'Mo', tue: 'Di', wed: 'Mi', thu: 'Do', fri: 'Fr', sat: 'Sa', sun: 'So' },
  everyDay: 'jeden Tag',
  weekdays: 'Montag bis Freitag',
};

export const settings: Texts['settings'] = {
  posts: 'Postet',
  postsAt: (listing, time, zone, days) => `Liste: ${listing}, um ${time} ${zone}, ${days}`,
  where: 'Wo',
  calls: 'Ruft',
  papers: 'Paper',
  upTo: (limit) => `bis zu ${limit} jeder Liste`,
  include: (words) => `mit ${words}`,
  exclude: (words) => `ohne ${words}`,
  topics: (topics) => `zu ${topics}`,
  or: ' oder ',
  and: ' und ',
  codeOnly: 'mit Code',
  minVotes: (votes) => `ab ${votes} Stimmen`,
  layout: 'Aufmachung',
  layouts: { digest: 'eine Nachricht (digest)', cards: 'je Paper eine Nachricht (cards)' },
  waits: 'Wartet',
  waitsFor: (ripeHours, patienceHours) =>
    `${ripeHours} h, bis eine Liste gewachsen ist, bis zu ${patienceHours} h auf eine späte`,
  refreshes: 'Aktualisiert',
  refreshesAfter: (hours) => `Zahlen einmal, ${hours} h nach dem Posten`,
  never: 'nie',
};

export const standing: Texts['standing'] = {
  title: 'Stand der Feeds',
  state: 'Zustand',
  last: 'Zuletzt',
  nothingYet: 'noch nichts',
  lastPosted: 'Zuletzt gepostet',
  waitingSince: 'Wartet seit',
  next: 'Als Nächstes',
  notWhileInactive: 'nicht, solange er nicht aktiv ist',
  notOut: 'Nicht draußen',
  alarm: 'Warnung',
  alarmSince: (at, sentence) => `seit ${at}: ${sentence}`,
  slot: (day, state, sentence) => `${day} – ${state}. ${sentence}`,
  slotStates: {
    due: 'fällig',
    waiting: 'wartet',
    posted: 'gepostet',
    'posted-so-far': 'bis jetzt gepostet',
    'nothing-new': 'nichts Neues',
    incomplete: 'unvollständig',
    failed: 'fehlgeschlagen',
  },
  looksAgain: (at) => `Sieht um ${at} wieder nach.`,
};

export const delivery: Texts['delivery'] = {
  title: 'Nachrichten',
  allOut: 'Alles ist draußen.',
  notOut: 'Nachrichten, die nicht draußen sind',
  advice: (program) =>
    `„${program}delivery resend <id>“ sendet erneut, was abgelehnt wurde oder ungewiss ist, „${program}delivery dismiss <id>“ lässt eine Nachricht auf sich beruhen.`,
  since: (state, at) => `${state} seit ${at}.`,
  states: {
    planned: 'geplant',
    sending: 'unterwegs',
    sent: 'gesendet',
    refused: 'abgelehnt',
    uncertain: 'ungewiss',
    dismissed: 'erledigt',
  },
  counted: (number, state) => `${number} × ${state}`,
  counts: (counts) => `${counts}. „/paper delivery list“ zeigt alle.`,
  countsAdvice: (counts, id) =>
    `${counts}. „/paper delivery resend id:${id}“ sendet erneut, „/paper delivery dismiss id:${id}“ lässt sie auf sich beruhen. „/paper delivery list“ zeigt alle.`,
  unknown: (id) =>
    `Eine Nachricht „${id}“, die auf eine Entscheidung wartet, gibt es hier nicht. „/paper delivery list“ zeigt die vorhandenen.`,
  edition: (slot) => `Ausgabe ${slot}`,
};
