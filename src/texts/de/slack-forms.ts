// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slackForms: Texts['slackForms'] = {
  addTitle: 'Feed anlegen',
  editTitle: 'Feed ändern',
  add: 'Anlegen',
  save: 'Speichern',
  cancel: 'Abbrechen',
  close: 'Schließen',
  done: 'Erledigt',
  workTitle: 'Einen Moment',
  working: 'Paperwire ist dabei. Das hier ändert sich von selbst; es geht auch weiter, wenn du es schließt.',
  channel: 'Kanal',
  channelHint: 'Der Bot muss darin sein.',
  time: 'Uhrzeit',
  zone: 'Zeitzone',
  zoneHint: 'Stadt oder UTC eintippen',
  listing: 'Liste',
  days: 'Tage',
  limit: 'Höchstens so viele Paper je Liste',
  layout: 'Darstellung',
  topics: 'Nur diese Themen',
  topicsHint: 'Ohne Auswahl alle Paper.',
  builtIn: 'Eingebaut',
  own: 'Von diesem Workspace',
  include: 'Nur Paper mit einem dieser Wörter',
  exclude: 'Keine Paper mit einem dieser Wörter',
  wordsHint: 'Wörter oder Wendungen, durch Kommas getrennt.',
  code: 'Quelltext',
  codeOnly: 'Nur Paper mit Code',
  minVotes: 'Mindestzahl der Stimmen',
  refresh: 'Zahlen nach so vielen Stunden auffrischen',
  refreshHint: '0 für nie.',
  listings: {
    daily: 'Paper des Tages',
    weekly: 'Paper der Woche',
    monthly: 'Paper des Monats',
    trending: 'Angesagte Paper',
  },
  layouts: { digest: 'Eine Nachricht für alle Paper', cards: 'Eine Nachricht je Paper, in einem Thread' },
  late: 'Slack hat nicht lange genug auf das Formular gewartet. Bitte öffne es noch einmal.',
  join: 'Diesem Kanal beitreten',
  joinFailed:
    'Der Bot konnte diesem Kanal nicht beitreten. Gib dort /invite und seinen Namen ein und speichere dann noch einmal.',
  next: (day, time, zone) => `Die nächste Ausgabe kommt am ${day} um ${time} ${zone}.`,
  rests: 'Solange er nicht aktiv ist, postet er nichts.',
};

export const slackWelcome: Texts['slackWelcome'] = {
  title: 'Paperwire ist installiert',
  words:
    'Es bringt täglich die meistbeachteten KI-Paper in einen Kanal deiner Wahl. Nach dieser Nachricht meldet es sich erst mit der ersten Ausgabe.',
  setUp: 'Einen Feed einrichten',
  home: 'Wem du selbst folgst und was du dir merkst, steht auf dem Home-Tab dieser App; „/paper help“ erklärt alles Weitere.',
};
