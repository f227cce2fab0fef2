// Made by machine; no native speaker has reviewed it.
import { MAX_LIMIT } from '../../domain/feed.ts';
import type { Texts } from '../index.ts';

const PAPER = 'Seine arXiv-Kennung oder ein Link zu arXiv oder Hugging Face';
const LIMIT = `Wie viele Paper, 1 bis ${MAX_LIMIT}`;
const PAGE = 'Welche Seite, ab 1';
const FEED = 'Der Feed, wie „/paper feed list“ ihn nennt (sonst der einzige hier)';
const MESSAGE =
  'Die Nachricht, wie „/paper delivery list“ sie nennt, oder eine Ausgabe mit allen Nachrichten';
const WHAT = 'Themen wie agents; ein Autor als author:Name; eine Organisation als org:name';

const SETTINGS = {
  channel: 'Wo gepostet wird (sonst hier)',
  time: 'Wann, als HH:MM in der Zone des Feeds (sonst 09:00)',
  zone: 'Zeitzone wie Europe/Berlin (sonst UTC)',
  listing: 'Welche Liste (sonst daily)',
  days: 'Wochentage wie mon,wed oder daily (sonst mon-fri)',
  limit: `Paper jeder Liste, 1 bis ${MAX_LIMIT} (sonst 10)`,
  layout: 'Eine Nachricht oder je Paper eine (sonst digest)',
  include: 'Nur Paper mit einem dieser Wörter, durch Kommas getrennt',
  exclude: 'Keine Paper mit einem dieser Wörter, durch Kommas getrennt',
  topics: 'Nur Paper zu einem dieser Themen, durch Kommas getrennt',
  'code-only': 'Nur Paper mit Code',
  'min-votes': 'Nur Paper mit so vielen Stimmen',
  role: 'Die Rolle oder Nutzergruppe, die jede Ausgabe ruft',
  'ripe-hours': 'Wie lange eine Tagesliste erst wachsen darf (sonst 5)',
  'patience-hours': 'Wie lange auf eine späte Liste gewartet wird (sonst 4)',
  'refresh-hours': 'Stimmen und Sterne nach so vielen Stunden einmal erneuern; 0 nie (sonst 24)',
  'say-nothing-new': 'Auch posten, dass es nichts Neues gibt',
};

export const summaries: Texts['summaries'] = {
  paper: { does: 'Angesagte KI-Paper lesen, suchen und verfolgen' },
  topics: { does: 'Themen, denen man folgt' },
  feed: { does: 'Daueraufträge eines Kanals' },
  delivery: { does: 'Nachrichten, die nicht draußen sind' },
  today: {
    does: 'Die Paper von heute oder eines anderen Tages',
    day: 'Ein anderer Tag, als YYYY-MM-DD',
    page: PAGE,
    limit: LIMIT,
  },
  week: {
    does: 'Die Paper dieser oder einer anderen Woche',
    week: 'Eine andere Woche, als YYYY-Www',
    page: PAGE,
    limit: LIMIT,
  },
  month: {
    does: 'Die Paper dieses oder eines anderen Monats',
    month: 'Ein anderer Monat, als YYYY-MM',
    page: PAGE,
    limit: LIMIT,
  },
  trending: { does: 'Was gerade angesagt ist, gleich wie alt', page: PAGE, limit: LIMIT },
  search: {
    does: 'Paper finden: Wörter, author:, topic:, org:, after:, before:, votes:>50, has:code',
    query: 'Wonach; "in Anführungszeichen" wörtlich, -wort ohne das Wort',
    page: PAGE,
    limit: LIMIT,
  },
  find: { does: 'Die Paper finden, die ein Text nennt', text: 'Ein Text mit arXiv-Kennungen oder Links' },
  show: { does: 'Ein Paper ganz zeigen', paper: PAPER },
  similar: { does: 'Paper finden, die einem ähneln', paper: PAPER, limit: LIMIT },
  follow: {
    does: 'Neue Paper eines Themas, Autors oder einer Organisation in einer eigenen Übersicht',
    what: WHAT,
  },
  unfollow: { does: 'Etwas nicht länger verfolgen', what: WHAT },
  following: {
    does: 'Zeigen, wem du folgst; einstellen, wann deine Übersicht kommt',
    every: 'Wie oft sie kommt',
    time: 'Wann, als HH:MM in deiner Zone',
    zone: 'Deine Zeitzone, etwa Europe/Berlin',
    'with-edition': 'Mit der täglichen Ausgabe dieses Kanals',
    thread: 'In einem Thread hier statt als Direktnachricht',
    limit: `Höchstens so viele Paper jeder Liste, 1 bis ${MAX_LIMIT}`,
    quiet: 'Wann dir nichts direkt geschickt wird, als 22:00-07:00 in deiner Zone; none für nie',
    undelivered: 'Vielleicht nicht Angekommenes erneut senden oder lassen',
  },
  save: { does: 'Ein Paper für später merken', paper: PAPER, remove: 'Es aus den gemerkten entfernen' },
  saved: {
    does: 'Deine gemerkten Paper, auch für eine Literaturverwaltung',
    page: PAGE,
    limit: LIMIT,
    format: 'Eine Datei mit allen statt einer Seite',
  },
  rate: {
    does: 'Sagen, ob ein Paper es wert war, dir gezeigt zu werden',
    paper: PAPER,
    verdict: 'Was du davon hältst; none nimmt es zurück (sonst up)',
  },
  'topics list': { does: 'Die Themen zeigen, denen man folgen kann' },
  'topics add': {
    does: 'Ein Thema dieses Workspace anlegen, zum Folgen und zum Filtern von Feeds',
    name: 'Wie es heißt, etwa protein design',
    query: 'Welche Paper dazugehören, in Worten der Suche; jedes Wort muss vorkommen',
    emoji: 'Sein Emoji (sonst 📌 oder ein anderes freies)',
  },
  'topics remove': {
    does: 'Ein Thema dieses Workspace entfernen; niemand folgt ihm mehr',
    name: 'Das Thema, wie „/paper topics list“ es nennt',
  },
  'topics panel': {
    does: 'Hier eine Tafel posten, auf der man Themen per Emoji folgt',
    topics: 'Welche Themen, durch Kommas getrennt',
  },
  'feed add': { does: 'Paper nach Plan posten', ...SETTINGS },
  'feed list': { does: 'Die Feeds dieses Workspace auflisten' },
  'feed show': { does: 'Einen Feed mit allen Einstellungen zeigen', id: FEED },
  'feed edit': { does: 'Einen Feed ändern; was nicht gesagt wird, bleibt', id: FEED, ...SETTINGS },
  'feed pause': { does: 'Einen Feed anhalten; seine Einstellungen bleiben', id: FEED },
  'feed resume': { does: 'Einen angehaltenen oder ausgesetzten Feed weiterlaufen lassen', id: FEED },
  'feed remove': { does: 'Einen Feed und seine Geschichte löschen', id: FEED },
  'feed run': { does: 'Die heutige Ausgabe jetzt posten', id: FEED },
  'feed preview': { does: 'Die nächste Ausgabe zeigen, ohne sie zu posten', id: FEED },
  'delivery list': { does: 'Nachrichten, die nicht draußen sind oder vielleicht doch' },
  'delivery resend': { does: 'Abgelehntes oder vielleicht nicht Angekommenes erneut senden', id: MESSAGE },
  'delivery dismiss': {
    does: 'Abgelehntes oder vielleicht nicht Angekommenes auf sich beruhen lassen',
    id: MESSAGE,
  },
  status: { does: 'Wie jeder Feed steht: letzte Ausgabe, Ausgang und nächste' },
  email: {
    does: 'Paper per E-Mail bekommen: die, denen du folgst, oder alle einer Liste',
    address: 'Wohin; dort kommt ein Link an, mit dem bestätigt wird',
  },
  'forget-me': { does: 'Alles löschen, was hier über dich gespeichert ist', confirm: 'Ja, löschen' },
  help: {
    does: 'Die Befehle erklären, oder einen davon',
    command: 'Der Befehl oder die Gruppe, um die es geht',
  },
};
