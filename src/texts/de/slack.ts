// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slack: Texts['slack'] = {
  hidden:
    'Der Bot sieht diesen Kanal nicht. Wähle ihn aus der Liste, die Slack nach einem # zeigt; in einem privaten gib vorher /invite @Paperwire ein.',
  archived: 'Dieser Kanal ist archiviert. Hole ihn aus dem Archiv oder wähle einen anderen.',
  invite: 'Der Bot ist nicht in diesem Kanal. Gib dort /invite @Paperwire ein oder lass ihn beitreten.',
  invitePrivate: 'Der Bot ist nicht in diesem privaten Kanal. Gib dort /invite @Paperwire ein.',
  noScope:
    'Die App darf sich keine Kanäle ansehen: Ihr fehlen die Scopes channels:read und groups:read. Gib ihr diese und installiere sie neu.',
  noRole: 'Gerufen werden kann nur eine Nutzergruppe. Wähle sie aus der Liste, die Slack nach einem @ zeigt.',
};
