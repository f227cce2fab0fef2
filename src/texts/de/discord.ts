// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const discord: Texts['discord'] = {
  hidden: 'Der Bot sieht diesen Kanal nicht. Gib ihm dort „Kanal anzeigen“ oder wähle einen anderen.',
  noServer: 'Ein Feed braucht einen Kanal eines Servers.',
  kind: 'In einen Kanal dieser Art kann nichts gepostet werden. Wähle einen Textkanal, einen Thread oder ein Forum.',
  lacks: (permission, why) =>
    `Dem Bot fehlt in diesem Kanal das Recht „${permission}“, ${why}. Gib es ihm in den Einstellungen des Kanals unter „Berechtigungen“.`,
  tag: 'Dieses Forum verlangt für jeden Beitrag einen Tag. Nimm das zurück oder wähle einen anderen Kanal.',
  noRole: 'Diese Rolle gibt es auf diesem Server nicht.',
  closedRole:
    'Diese Rolle darf der Bot nicht rufen. Erlaube in den Einstellungen der Rolle allen, sie zu @erwähnen.',
  permissions: {
    ViewChannel: 'Kanal anzeigen',
    SendMessages: 'Nachrichten senden',
    ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
    CreatePublicThreads: 'Öffentliche Threads erstellen',
    SendMessagesInThreads: 'Nachrichten in Threads senden',
    CreatePrivateThreads: 'Private Threads erstellen',
    AddReactions: 'Reaktionen hinzufügen',
  },
  reasons: {
    ViewChannel: 'um den Kanal zu sehen, in den er postet',
    SendMessages: 'um Ausgaben zu posten',
    ReadMessageHistory: 'um nachzusehen, ob eine Nachricht angekommen ist, bevor er sie noch einmal sendet',
    CreatePublicThreads: 'um im Layout „cards“ die Paper einer Ausgabe darunter zu stellen',
    SendMessagesInThreads: 'um in diesen Threads und in Foren zu posten',
    CreatePrivateThreads: 'um denen einen Digest zu bringen, die keine Direktnachrichten annehmen',
    AddReactions: 'um die Emoji der Themen unter ihre Tafel zu setzen',
  },
};
