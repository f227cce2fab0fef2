import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APISectionComponent,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { plain } from '../../../src/text/line.ts';
import { fitted } from './budget.ts';
import { inert } from './inert.ts';
import { LIMITS } from './limits.ts';

/** The bar beside every message of ours. */
export const ACCENT = 0xff9d00;

/** What may stand in the frame of a message. */
export type Part = APIComponentInContainer;

export function frame(components: Part[]): APIContainerComponent {
  return { type: ComponentType.Container, accent_color: ACCENT, components };
}

/** Lines of markdown, empty ones left out; nothing for none. */
export function text(...lines: readonly (string | undefined)[]): APITextDisplayComponent[] {
  const content = lines.filter((line) => line !== undefined && line !== '').join('\n');
  return content === '' ? [] : [{ type: ComponentType.TextDisplay, content }];
}

/** Text with a picture at its right; `altText` is plain. */
export function pictured(
  components: APITextDisplayComponent[],
  { url, altText }: { url: string; altText: string },
): APISectionComponent {
  const description = fitted(altText, LIMITS.altText / 4, plain);
  const accessory = { type: ComponentType.Thumbnail as const, media: { url }, description };
  return { type: ComponentType.Section, components, accessory };
}

/** Buttons in rows of five. */
export function buttonRows(
  buttons: readonly APIButtonComponent[],
): APIActionRowComponent<APIButtonComponent>[] {
  const rows: APIActionRowComponent<APIButtonComponent>[] = [];
  for (let from = 0; from < buttons.length; from += LIMITS.buttonsInRow) {
    const components = buttons.slice(from, from + LIMITS.buttonsInRow);
    rows.push({ type: ComponentType.ActionRow, components });
  }
  return rows;
}

export function pressButton(label: string, customId: string): APIButtonComponent {
  const shown = fitted(label, LIMITS.label / 2, plain);
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: shown || '…',
    custom_id: customId,
  };
}

export function linkButton(label: string, url: string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Link,
    label: fitted(label, LIMITS.label / 2, plain),
    url,
  };
}

export function selectRow(
  select: Omit<APIStringSelectComponent, 'type'>,
): APIActionRowComponent<APIStringSelectComponent> {
  return { type: ComponentType.ActionRow, components: [{ type: ComponentType.StringSelect, ...select }] };
}

export function heading(level: 2 | 3, line: string, room: number): string | undefined {
  const shown = fitted(line, room, inert);
  return shown === '' ? undefined : `${'#'.repeat(level)} ${shown}`;
}

export function small(line: string | undefined, room: number): string | undefined {
  const shown = line === undefined ? '' : fitted(line, room, inert);
  return shown === '' ? undefined : `-# ${shown}`;
}

/** A note is cut no shorter than this; beyond the room for it there are none. */
const LEAST_NOTE = 40;

/** Small print, a line a note; a crowd of them is shortened evenly. */
export function smallPrint(notes: readonly string[], room: number): (string | undefined)[] {
  const shown = notes.slice(0, Math.floor(room / LEAST_NOTE));
  const each = Math.floor(room / Math.max(1, shown.length));
  return shown.map((note) => small(note, each));
}
