// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const slackAnswers: Texts['slackAnswers'] = {
  help: {
    title: 'Paperwire',
    intro: 'Angesagte KI-Paper in Slack. Eine Antwort siehst nur du, bis du sie teilst.',
    read: 'Lesen',
    find: 'Finden',
    follow: 'Folgen',
    keep: 'Aufheben',
    feeds: 'Feeds in Kanälen',
    more: '„/paper help command:search“ erklärt einen Befehl.',
    today: 'Heute',
    search: 'Suchen …',
    topics: 'Themen',
    home: 'Start öffnen',
  },
  share: 'Im Kanal teilen',
  sharedBy: (who) => `Geteilt von ${who}`,
  noChannel: (given) =>
    `Ein Kanal „${given}“ ist nicht zu finden. Tippe # und wähle den Kanal aus der Liste, die Slack zeigt.`,
  noGroup: (given) =>
    `Eine Gruppe „${given}“ ist nicht zu finden. Tippe @ und wähle die Gruppe aus der Liste, die Slack zeigt.`,
  general: (general) =>
    `Den Kanal #${general} lesen alle; dorthin wird nur gepostet, wenn du den Kanal nennst. Sag, wohin, zum Beispiel „/paper feed add channel:#papers“.`,
  generalPanel: (general) =>
    `Den Kanal #${general} lesen alle; dorthin wird eine Tafel nur gepostet, wenn du es wirklich willst. Gib den Befehl in einem anderen Kanal, oder poste sie trotzdem hier.`,
  postHere: 'Trotzdem hier posten',
  joinAndAdd: 'Kanal beitreten und Feed anlegen',
  joinAndGoOn: 'Kanal beitreten und fortfahren',
  joinRefused: 'Slack lässt Paperwire diesem Kanal nicht beitreten. Tippe dort „/invite @Paperwire“.',
  joinNotNow: 'Der Beitritt zum Kanal ging gerade nicht. Bitte versuche es in einer Minute noch einmal.',
  panelPosted: 'Die Tafel ist gepostet.',
  stranger: 'Das dürfen nur Mitglieder des Workspace fragen, der Paperwire hat.',
  fileSent: (name) => `${name} liegt in deinen Direktnachrichten mit Paperwire.`,
  fileCut: (name, format) =>
    `${name} geht noch weiter, aber mehr passt hier nicht hin. „paperwire paper saved --format ${format}“ auf der Kommandozeile gibt alles.`,
  tooBig: 'Diese Antwort lässt sich in Slack nicht zeigen. Bitte sag es denen, die Paperwire betreiben.',
  modal: {
    title: 'Paper finden',
    label: 'Wonach gesucht wird',
    hint: 'Wörter, "eine Wendung", author:name, topic:agents, after:2026-01, votes:>50, has:code',
    placeholder: 'diffusion transformers',
    submit: 'Suchen',
    close: 'Schließen',
    working: 'Wird gesucht …',
    back: 'Zurück zu den Treffern',
  },
};
