import { MAX_PANEL_TOPICS, type PanelCard } from '../../../src/domain/card.ts';
import type { Topic } from '../../../src/domain/topic.ts';
import { type Html, html, PEN, raw } from '../../../src/html.ts';
import { saidParagraphs } from '../../../src/paper-html.ts';
import { plain } from '../../../src/text/line.ts';
import { shorten } from '../../../src/text/shorten.ts';
import { TEXTS } from './entry.ts';
import { drawHeading } from './parts.ts';
import { drawToggle, type Standing } from './reacting.ts';

/** As written. */
const ROOM = { name: 60, meaning: 200 } as const;

/** Topics, each with a button that follows it. */
export function drawPanel({ title, paragraphs, topics }: PanelCard, standing: Standing): Html {
  const shown = topics.slice(0, MAX_PANEL_TOPICS);
  return html`${drawHeading(3, title)}${paragraphs.map(saidParagraphs)}<ul class="panel-topics" role="list">${shown.map((topic) => drawTopic(topic, standing))}</ul>`;
}

function drawTopic(topic: Topic, standing: Standing): Html {
  const name = shorten(nameOf(topic), ROOM.name);
  const meaning = PEN.text(topic.meaning, ROOM.meaning);
  const toggle = drawToggle(
    plain(topic.emoji),
    TEXTS.action.follow(name),
    standing,
    raw(PEN.text(name, ROOM.name)),
  );
  return html`<li>${toggle}${meaning === '' ? html`` : html`<span class="meaning">${raw(meaning)}</span>`}</li>`;
}

function nameOf({ name, slug }: Topic): string {
  return plain(name) || plain(slug) || '…';
}
