// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slackPanel: Texts['slackPanel'] = {
  noScope:
    'Die Emojis konnten nicht auf die Tafel gesetzt werden: Der App fehlt der Scope reactions:write. Füge ihn in den Einstellungen der App unter OAuth & Permissions hinzu und installiere die App noch einmal. Die Liste geht trotzdem, und jeder darf die Emojis dazusetzen.',
  closed:
    'Die Emojis konnten nicht auf die Tafel gesetzt werden: Slack lässt den Bot in diesem Kanal nicht auf Nachrichten reagieren. Die Liste geht trotzdem.',
};
