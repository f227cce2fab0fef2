import { elementProblems, imageProblems, isPlain, isSaid, isShort, unless } from './elements.ts';
import { allBlocks, blocksOf, isObject, objectsIn, partsOf, type Shape, stringsIn, textIn } from './read.ts';
import { blockSchemaProblems, metadataSchemaProblems, readBlockKit, viewSchemaProblems } from './schema.ts';

/** Undocumented: above it Slack answers `msg_blocks_too_long` (slackapi/bolt-js#2509, read 2026-11). */
export const MOST_BLOCK_CHARACTERS = 13_200;
const MOST_MARKDOWN = 12_000;

/**
 * What Slack would refuse in a message, or should; empty for a good one. `body` has `text` and `blocks`, and may have
 * `attachments` and `metadata`. The description of Block Kit is asked where it is here; `false` leaves it out.
 */
export function checkMessage(body: unknown, blockKit: Shape | false | undefined = readBlockKit()): string[] {
  if (!isObject(body)) return ['no body'];
  const { text, metadata, blocks, attachments } = body;
  return [
    ...unless(typeof text === 'string' && text.trim() !== '', 'no text'),
    ...unless(typeof text !== 'string' || text.length <= 40_000, 'a text above 40,000 characters'),
    ...(blocks === undefined ? [] : checkBlocks(blocks, 'message', blockKit)),
    ...objectsIn(attachments).flatMap((one) =>
      one.blocks === undefined ? [] : checkBlocks(one.blocks, 'message', blockKit),
    ),
    ...(metadata === undefined ? [] : metadataProblems(metadata, blockKit)),
    ...unless(
      stringsIn(body).every((string) => string.isWellFormed()),
      'half a surrogate pair',
    ),
  ];
}

/** What Slack would refuse in a modal or a Home tab; empty for a good one. */
export function checkView(view: unknown, blockKit: Shape | false | undefined = readBlockKit()): string[] {
  if (!isObject(view)) return ['no view'];
  const { type, blocks } = view;
  const all = allBlocks(blocksOf(view));
  return [
    ...unless(type === 'modal' || type === 'home', `a view of type "${String(type)}"`),
    ...frameProblems(view),
    ...(type === 'modal' ? modalProblems(view, all) : []),
    ...checkBlocks(blocks, type === 'modal' ? 'modal' : 'home', blockKit),
    ...(blockKit ? viewSchemaProblems(view, blockKit) : []),
    ...unless(Buffer.byteLength(JSON.stringify(view)) <= 250_000, 'a view above 250 kB'),
    ...unless(
      stringsIn(view).every((string) => string.isWellFormed()),
      'half a surrogate pair',
    ),
  ];
}

type Surface = 'message' | 'modal' | 'home';

/** What Slack would refuse in a list of blocks. */
export function checkBlocks(
  blocks: unknown,
  surface: Surface,
  blockKit: Shape | false | undefined = readBlockKit(),
): string[] {
  if (!Array.isArray(blocks)) return ['blocks that are no list'];
  const all = allBlocks(objectsIn(blocks));
  const most = surface === 'message' ? 50 : 100;
  return [
    ...unless(blocks.length <= most, `${blocks.length} blocks`),
    ...unless(surface === 'message' || blocks.length > 0, 'a view without blocks'),
    ...(surface === 'message' ? sumProblems(blocks) : []),
    ...markdownProblems(all),
    ...idProblems(all),
    ...all.flatMap((block) => blockProblems(block, surface)),
    ...unless(all.filter(({ type }) => type === 'table').length <= 1, 'two tables'),
    ...focusProblems(all),
    ...(blockKit ? blockSchemaProblems(blocks, blockKit) : []),
  ];
}

function sumProblems(blocks: unknown): string[] {
  const characters = blockCharacters(blocks);
  return unless(characters <= MOST_BLOCK_CHARACTERS, `${characters} characters over all blocks`);
}

/** Characters of everything that stands in blocks. */
export function blockCharacters(blocks: unknown): number {
  return stringsIn(blocks).join('').length;
}

function markdownProblems(all: readonly Shape[]): string[] {
  const markdown = all
    .filter(({ type }) => type === 'markdown')
    .map(textIn)
    .join('').length;
  return unless(markdown <= MOST_MARKDOWN, `${markdown} characters of markdown`);
}

function idProblems(all: readonly Shape[]): string[] {
  const ids = all.flatMap(({ block_id: id }) => (id === undefined ? [] : [String(id)]));
  return [
    ...unless(new Set(ids).size === ids.length, 'the same block_id twice'),
    ...ids.flatMap((id) => unless(isShort(id, 255), `block_id "${id}"`)),
    ...all.flatMap((block) => {
      const actions = partsOf(block).flatMap(({ action_id: id }) => (id === undefined ? [] : [String(id)]));
      return unless(new Set(actions).size === actions.length, 'the same action_id twice in a block');
    }),
  ];
}

function blockProblems(block: Shape, surface: Surface): string[] {
  const { type, elements } = block;
  const own = partsOf(block).flatMap((part) =>
    part.type === 'mrkdwn' || part.type === 'plain_text' ? [] : elementProblems(part),
  );
  switch (type) {
    case 'section':
      return [...own, ...sectionProblems(block)];
    case 'header':
      return [...own, ...unless(isPlain(block.text, 150), `a header "${textIn(block.text)}"`)];
    case 'actions':
      return [...own, ...countProblems(elements, 25, 'actions')];
    case 'context':
      return [
        ...own,
        ...countProblems(elements, 10, 'context'),
        ...objectsIn(elements).flatMap(contextProblems),
      ];
    case 'image':
      return [...own, ...imageProblems(block)];
    case 'input':
      return [...own, ...unless(isPlain(block.label, 2000), 'a field without its label')];
    case 'alert':
      return [...own, ...unless(surface === 'modal', 'an alert outside a modal')];
    default:
      return own;
  }
}

function sectionProblems({ text, fields }: Shape): string[] {
  const list = Array.isArray(fields) ? fields : [];
  return [
    ...unless(text !== undefined || list.length > 0, 'a section without text and fields'),
    ...unless(text === undefined || isSaid(text, 3000), `a section "${textIn(text).slice(0, 40)}"`),
    ...unless(fields === undefined || (list.length >= 1 && list.length <= 10), `${list.length} fields`),
    ...list.flatMap((field) => unless(isSaid(field, 2000), `a field "${textIn(field).slice(0, 40)}"`)),
  ];
}

function countProblems(elements: unknown, most: number, name: string): string[] {
  const count = Array.isArray(elements) ? elements.length : 0;
  return unless(count >= 1 && count <= most, `${count} elements in ${name}`);
}

function contextProblems(element: Shape): string[] {
  return unless(element.type === 'image' || isSaid(element, 3000), 'an empty context');
}

function focusProblems(all: readonly Shape[]): string[] {
  const focused = all.flatMap(partsOf).filter(({ focus_on_load: isFocused }) => isFocused === true);
  return unless(focused.length <= 1, 'two fields that want to be first');
}

function metadataProblems(metadata: unknown, blockKit: Shape | false | undefined): string[] {
  if (!isObject(metadata)) return ['metadata of no shape'];
  const { event_type: type, event_payload: payload } = metadata;
  return [
    ...unless(typeof type === 'string' && /^[\w.]{1,255}$/.test(type), `metadata of "${String(type)}"`),
    ...unless(isObject(payload), 'metadata without a payload'),
    // docs.slack.dev/messaging/message-metadata, read 2026-11.
    ...unless(Buffer.byteLength(JSON.stringify(metadata)) <= 16_384, 'metadata above 16 kB'),
    ...(blockKit ? metadataSchemaProblems(metadata, blockKit) : []),
  ];
}

function frameProblems({ private_metadata: data, callback_id: id, external_id: external }: Shape): string[] {
  return [
    ...unless(data === undefined || (typeof data === 'string' && data.length <= 3000), 'private_metadata'),
    ...unless(id === undefined || isShort(id, 255), `callback_id "${String(id)}"`),
    ...unless(external === undefined || isShort(external, 255), `external_id "${String(external)}"`),
  ];
}

function modalProblems({ title, submit, close }: Shape, all: readonly Shape[]): string[] {
  const hasFields = all.some(({ type }) => type === 'input');
  return [
    ...unless(isPlain(title, 24), `the title "${textIn(title)}"`),
    ...unless(submit === undefined || isPlain(submit, 24), `the button "${textIn(submit)}"`),
    ...unless(close === undefined || isPlain(close, 24), `the button "${textIn(close)}"`),
    ...unless(!hasFields || submit !== undefined, 'fields without a button to submit them'),
  ];
}
