// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

/** `1 Thema`, `2 Themen`. */
const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;

export const follow: Texts['follow'] = {
  followed: (what) => `Du folgst ${what}`,
  already: (what) => `Du folgst ${what} bereits`,
  all: 'Wem du folgen wolltest',
  full: (most) => `Du folgst bereits ${most}, und mehr geht nicht. „/paper unfollow“ beendet eines davon.`,
  unseen: 'Noch steht dieser Name auf keinem Paper des Archivs.',
  empty: 'Sag, wem du folgen willst: einem Thema wie agents, author:Name oder org:name.',
  tooMany: (most) => `Nenne höchstens ${most} auf einmal.`,
  unknown: (what) => `„${what}“ heißt nichts, dem man folgen kann.`,
  howTo:
    '„/paper topics list“ zeigt die Themen; Autoren folgt man mit author:Name, Organisationen mit org:name.',
  near: (names) => `Meintest du ${names}?`,
};

export const unfollow: Texts['unfollow'] = {
  done: (what) => `Du folgst ${what} nicht mehr`,
  nothingLeft: 'Du folgst nun nichts und niemandem mehr, also kommt auch keine Übersicht.',
  notFollowed: (what, followed) => `„${what}“ folgst du nicht. Du folgst: ${followed}.`,
  nothing: 'nichts',
};

export const digest: Texts['digest'] = {
  rests: 'Deine Übersicht ruht; mit „/paper following every:daily“ kommt sie wieder.',
  closed: 'Deine Übersicht lässt sich nicht zustellen: deine Direktnachrichten sind für mich geschlossen.',
  threadClosed: 'Deine Übersicht lässt sich nicht zustellen: ihr Thread ist für mich geschlossen.',
  every: { daily: 'tägliche', weekly: 'wöchentliche', monthly: 'monatliche', trending: 'aktuelle' },
  next: (every, day, time, zone) =>
    `Deine nächste ${every} Übersicht kommt am ${day} um ${time} ${zone}. „/paper following“ ändert das.`,
};

export const following: Texts['following'] = {
  title: 'Wem du folgst',
  set: 'Deine Übersicht ist eingestellt',
  nothing:
    'Du folgst noch nichts und niemandem. „/paper follow what:agents“ ist ein Anfang; „/paper topics list“ zeigt, was es gibt.',
  noDigest: 'Du hast noch keine Übersicht: folge erst einem Thema mit „/paper follow“, zum Beispiel agents.',
  noTime: (given) => `„${given}“ ist keine Uhrzeit. Schreibe sie als HH:MM, zum Beispiel 08:00.`,
  noZone: (given) => `„${given}“ ist keine Zeitzone. Gib eine wie Europe/Berlin oder UTC.`,
  notBoth: 'Gib entweder eine eigene Zeit an oder with-edition, nicht beides.',
  undelivered: (slot, reason) => `Deine Übersicht ${slot} ist vielleicht nicht angekommen. ${reason}`,
  since: (kind, day) => `${kind}, seit ${day}`,
  kinds: { topic: 'Thema', author: 'Autor', organization: 'Organisation' },
  last: 'Letzte Übersicht',
  quiet: 'Ruhezeit',
  noQuiet: (given) => `„${given}“ ist keine Ruhezeit. Schreibe sie als 22:00-07:00, oder none für keine.`,
};

export const save: Texts['save'] = {
  done: 'Gemerkt',
  already: 'Das war schon gemerkt',
  list: '„/paper saved“ zeigt, was du dir gemerkt hast.',
  removed: 'Entfernt',
  gone: (id) => `${id} gehört nicht mehr zu deinen gemerkten Papern.`,
  notSaved: (id) => `${id} hast du dir nicht gemerkt.`,
};

export const saved: Texts['saved'] = {
  title: 'Gemerkte Paper',
  file: 'Deine gemerkten Paper für eine Literaturverwaltung.',
  subtitle: (papers) => `${papers} Paper, die neuesten zuerst`,
  none: 'Du hast dir noch nichts gemerkt. „/paper save“ legt ein Paper hier ab.',
  noMore: 'Mehr gibt es nicht.',
  savedOn: (day) => `gemerkt am ${day}`,
};

export const rate: Texts['rate'] = { up: '👍 notiert', down: '👎 notiert', none: 'Zurückgenommen' };

export const forgetMe: Texts['forgetMe'] = {
  ask: 'Alles über dich löschen?',
  what: 'Wem du folgst, deine Übersichten mit allem, was sie gesendet haben, deine gemerkten Paper und deine Bewertungen werden endgültig gelöscht, in jedem Workspace und in Direktnachrichten. Folgst du später wieder, können Paper ein zweites Mal kommen.',
  done: 'Gelöscht',
  subscriptions: (number) => count(number, 'Abonnement', 'Abonnements'),
  saved: (number) => count(number, 'gemerktes Paper', 'gemerkte Paper'),
  ratings: (number) => count(number, 'Bewertung', 'Bewertungen'),
  digests: (number) => count(number, 'Übersicht', 'Übersichten'),
  feeds: (number) =>
    number === 1
      ? '1 Feed nennt dich noch als Verwalter; „/paper feed remove“ beendet ihn.'
      : `${number} Feeds nennen dich noch als Verwalter; „/paper feed remove“ beendet einen.`,
};

export const topics: Texts['topics'] = {
  title: 'Themen',
  howTo: '„/paper follow“ mit einem dieser Namen folgt ihm.',
  followers: (number) => (number === 1 ? '1 folgt ihm' : `${number} folgen ihm`),
  noName: (most) =>
    `Gib dem Thema einen Namen von 1 bis ${most} Zeichen, mit einem Buchstaben oder einer Ziffer.`,
  noQuery: (most) => `Sag in 1 bis ${most} Zeichen einer Suche, welche Paper dazugehören.`,
  notBuiltIn: (name) =>
    `Ein eingebautes Thema „${name}“ gibt es nicht, und andere können hier nicht genannt werden.`,
  noEmoji: (given) => `„${given}“ ist nicht ein Emoji. Gib eines wie 🧪.`,
  takenEmoji: (emoji, name) => `${emoji} steht schon für „${name}“. Wähle ein anderes Emoji.`,
  full: (most) => `Ein Workspace kann ${most} Themen haben. „/paper topics remove“ beendet eines.`,
  taken: (slug) => `Ein Thema ${slug} gibt es schon.`,
  takenBuiltIn: (slug) => `Ein Thema ${slug} gibt es schon, und zwar eingebaut.`,
  meaning: 'Paper, die dieser Workspace sucht',
  use: (slug) =>
    `„/paper follow what:${slug}“ folgt ihm, „/paper feed edit topics:${slug}“ filtert einen Feed danach.`,
  query: 'Suche',
  builtIn: (slug) => `${slug} ist eingebaut und kann nicht entfernt werden.`,
  inUse: (feed, slug) =>
    `Feed ${feed} filtert nach ${slug}. Ändere ihn zuerst: /paper feed edit id:${feed} topics:none.`,
  notHere: (name) => `Dieser Workspace hat kein Thema „${name}“. „/paper topics list“ zeigt, was es gibt.`,
  unknown: (slug) => `Ein Thema „${slug}“ gibt es nicht. „/paper topics list“ zeigt, was es gibt.`,
  removed: (slug) => `Thema ${slug} ist entfernt`,
  panel: 'Folge den Themen, die dir gefallen',
  panelHow:
    'Reagiere mit einem Emoji oder wähle aus der Liste, und neue Paper dieses Themas kommen in einer eigenen Übersicht zu dir. Nimm das Emoji zurück, und sie kommen nicht mehr.',
  panelClosed:
    'Die Emojis konnten nicht auf die Tafel gesetzt werden: Gib dem Bot in diesem Kanal die Rechte „Reaktionen hinzufügen“ und „Nachrichtenverlauf anzeigen“. Die Liste geht trotzdem.',
  panelIncomplete: (topics) =>
    `Die Emojis dieser Themen konnten nicht auf die Tafel gesetzt werden: ${topics}. Die Liste geht trotzdem, und jeder darf sie dazusetzen.`,
  tooMany: (most) => `Auf eine Tafel passen höchstens ${most} Themen.`,
};
