/** JSON of which nothing is believed. */
export type Shape = Record<string, unknown>;

export function isObject(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects of a list; none where it is no list. */
export function objectsIn(value: unknown): Shape[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Blocks of a message, a view or an attachment. */
export function blocksOf(body: unknown): Shape[] {
  return isObject(body) ? objectsIn(body.blocks) : [];
}

/** Blocks with those that stand in containers and carousels, outer before inner, in the order of showing. */
export function allBlocks(blocks: readonly Shape[]): Shape[] {
  return blocks.flatMap((block) => {
    const inner = [
      ...objectsIn(block.child_blocks),
      ...(block.type === 'carousel' ? objectsIn(block.elements) : []),
    ];
    return [block, ...allBlocks(inner)];
  });
}

/** What stands in a block besides texts: its elements, its accessory, its field, its buttons. */
export function partsOf(block: unknown): Shape[] {
  if (!isObject(block) || block.type === 'rich_text' || block.type === 'carousel') return [];
  const { elements, accessory, element, actions } = block;
  const one = [accessory, element].filter(isObject);
  return [...objectsIn(elements), ...one, ...objectsIn(actions)];
}

/** Options of a select or of checkboxes, those in groups too. */
export function optionsOf(element: Shape): Shape[] {
  const groups = objectsIn(element.option_groups).flatMap(({ options }) => objectsIn(options));
  return [...objectsIn(element.options), ...groups];
}

/** What a text object says, or a plain string. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value.text === 'string' ? value.text : '';
}

/** Every string in a value. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}
