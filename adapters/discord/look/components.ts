import {
  type APIButtonComponent,
  type APIMessageComponent,
  type APIStringSelectComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { anchor, picture, wordsIn } from '../../../src/drawing.ts';
import { escaped } from '../../../src/html.ts';
import { drawText } from './text.ts';

/** What is drawn in one way on a page and in another in the pictures of our documentation. All give HTML. */
export interface Drawings {
  picture(address: string): string;
  /** What no card becomes. */
  other(component: APIMessageComponent): string;
}

/** Where people read in a component of any kind. */
const SPOKEN = new Set(['content', 'description', 'label', 'name', 'placeholder']);

/** Pictures are loaded from where they lie; of what has no drawing the words are left. */
const ON_PAGES: Drawings = {
  picture,
  other: (component) => `<div class="text">${escaped(wordsIn(component, SPOKEN).join(' '))}</div>`,
};

/** Components of a message, one under the other, as HTML. */
export function drawComponents(
  components: readonly APIMessageComponent[],
  drawings: Drawings = ON_PAGES,
): string {
  return components.map((one) => drawComponent(one, drawings)).join('');
}

function drawComponent(one: APIMessageComponent, drawings: Drawings): string {
  switch (one.type) {
    case ComponentType.Container:
      return `<div class="container">${drawComponents(one.components, drawings)}</div>`;
    case ComponentType.Section: {
      const beside = drawComponent(one.accessory, drawings);
      return `<div class="section"><div>${drawComponents(one.components, drawings)}</div>${beside}</div>`;
    }
    case ComponentType.Thumbnail:
      return `<div class="thumbnail">${drawings.picture(one.media.url)}</div>`;
    case ComponentType.TextDisplay:
      return `<div class="text">${drawText(one.content)}</div>`;
    case ComponentType.ActionRow:
      return `<div class="row">${drawComponents(one.components, drawings)}</div>`;
    case ComponentType.Button:
      return button(one);
    case ComponentType.StringSelect:
      return select(one);
    default:
      return drawings.other(one);
  }
}

function button(one: APIButtonComponent): string {
  const label = escaped('label' in one ? (one.label ?? '') : '');
  if ('url' in one) return anchor(`${label}<i aria-hidden="true">↗</i>`, one.url, 'button');
  return `<span class="button">${label}</span>`;
}

/** As it stands before somebody opens it. */
function select({ placeholder = '' }: APIStringSelectComponent): string {
  return `<div class="select"><span>${escaped(placeholder)}</span><i aria-hidden="true">⌄</i></div>`;
}
