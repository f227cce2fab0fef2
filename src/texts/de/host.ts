// Made by machine; no native speaker has reviewed it.
import { MAX_SUBSCRIPTIONS } from '../../domain/subscription.ts';
import type { Texts } from '../index.ts';

export const host: Texts['host'] = {
  failed: 'Das hat nicht geklappt',
  byTheWay: 'Übrigens',
  troubles: {
    'messages-closed':
      'Deine Übersicht ließ sich nicht zustellen, denn deine Direktnachrichten sind für mich geschlossen. Sie wird aufgehoben und täglich neu versucht; öffne sie, damit sie früher kommt.',
    'thread-closed':
      'Deine Übersicht ließ sich nicht zustellen, denn ihr Thread ist für mich geschlossen. Sie wird aufgehoben und täglich neu versucht.',
    'not-asked':
      'Du folgst dem, was du per Emoji gewählt hast, aber ich konnte dich nicht fragen, ob seine Paper als Direktnachricht kommen dürfen, denn deine sind für mich geschlossen. „/paper following every:daily“ lässt sie kommen.',
    full: `Du folgst ${MAX_SUBSCRIPTIONS} Themen, Autoren und Organisationen, und mehr geht nicht: was du per Emoji gewählt hast, kam nicht hinzu. „/paper unfollow“ schafft Platz; wähle es dann noch einmal.`,
  },
  noCommand: (name) => `Einen Befehl „${name}“ gibt es nicht. „/paper help“ nennt die vorhandenen.`,
  managersOnly: (name) =>
    `Nur wer diesen Workspace verwaltet, darf „/paper ${name}“ benutzen. Frage jemanden, der das darf.`,
  homeless: 'Das geht auf einem Server, auf dem Paperwire ist.',
  refusals: {
    'no-edition-here':
      'In diesem Kanal postet kein Feed eine tägliche Ausgabe. Gib stattdessen eine Zeit an.',
    'no-thread-here':
      'In einem Thread kann eine Übersicht nur in einem Kanal einer Plattform mit privaten Threads kommen.',
    'thread-refused': 'In diesem Kanal ließ sich kein privater Thread öffnen.',
    'thread-not-now':
      'Der Thread ließ sich gerade nicht öffnen. Bitte versuche es in ein paar Minuten noch einmal.',
    'feed-busy': 'Der Feed wird gerade gepostet. Bitte versuche es in drei Minuten noch einmal.',
    'digest-busy': 'Deine Übersicht wird gerade gesendet. Bitte versuche es in drei Minuten noch einmal.',
    'no-mail-address': 'Das ist keine E-Mail-Adresse. Gib eine wie ada@example.org an, ohne Namen.',
    'too-much-for-a-link':
      'Du folgst so vielem, dass der Link zum Bestätigen für eine Mail zu lang würde. „/paper unfollow“ beendet etwas davon.',
  },
  noOption: (command, option) =>
    `„/paper ${command}“ hat keine Angabe „${option}“. Siehe „/paper help command:${command}“.`,
  missing: (option) => `„${option}“ fehlt.`,
  oneOf: (option, choices, given) => `„${option}“ ist eines von ${choices}, nicht „${given}“.`,
  wholeNumber: (option, low, high, given) =>
    `„${option}“ ist eine ganze Zahl von ${low} bis ${high}, nicht „${given}“.`,
  noText: (option) => `„${option}“ ist nicht als Text gegeben.`,
  sourceClosed: (reason) =>
    `${reason} Auch im Archiv steht nichts davon. Bitte versuche es in ein paar Minuten noch einmal.`,
  storeClosed: 'Paperwire erreicht gerade seinen Speicher nicht. Bitte versuche es später noch einmal.',
  platformClosed:
    'Die Plattform ist gerade nicht zu erreichen. Bitte versuche es in einer Minute noch einmal.',
  ourFault: 'In Paperwire selbst ist etwas schiefgegangen; wer es betreibt, findet den Grund im Protokoll.',
};

export const help: Texts['help'] = {
  title: 'Paperwire: Hilfe',
  intro: 'Angesagte KI-Paper, von hier aus gesucht und verfolgt.',
  family: (name) => `Die Befehle von ${name}`,
  sentence: (summary) => `${summary}.`,
  example: (example) => `Beispiel: /paper ${example}`,
  choices: (summary, choices) => `${summary} (${choices})`,
  required: (summary) => `${summary}; nötig`,
};
