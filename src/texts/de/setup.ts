import type { Texts } from '../index.ts';

export const setup: Texts['setup'] = {
  title: (server) => `Paperwire ist auf ${server}`,
  words:
    'Es bringt täglich die meistbeachteten KI-Paper. Drei Angaben, dann geht es los; nach dieser Nachricht meldet es sich erst mit der ersten Ausgabe.',
  channel: '1. In welchen Kanal?',
  time: '2. Um wie viel Uhr?',
  zone: 'In welcher Zeitzone?',
  topics: '3. Welche Themen? Ohne Auswahl alle Paper.',
  start: 'Los',
  preview: 'Heutige Paper zeigen',
  noChannel:
    'Noch gibt es keinen Kanal, in den der Bot schreiben darf. Gib ihm in einem die Rechte „Kanal anzeigen“, „Nachrichten senden“ und „Nachrichtenverlauf anzeigen“ und gib dort „/paper feed add“ ein.',
  others: (shown) =>
    `Hier stehen nur die ersten ${shown} Kanäle. In jedem anderen gib dort „/paper feed add“ ein.`,
  chooseChannel: 'Wähle zuerst einen Kanal.',
  notYours: 'Das kann nur einrichten, wer den Server verwalten darf.',
  more: 'Alles Weitere: „/paper feed add“ und „/paper help“ auf dem Server.',
};
