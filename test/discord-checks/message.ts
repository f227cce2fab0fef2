/** A component as it stands in a body, of which nothing is believed. */
export interface Component {
  type: number;
  components: Component[];
  accessory?: Component;
  [name: string]: unknown;
}

/** Kinds of component that our messages have. */
export const KIND = {
  row: 1,
  button: 2,
  select: 3,
  section: 9,
  text: 10,
  thumbnail: 11,
  container: 17,
} as const;

/** The components at the top of a message body. */
export function componentsOf(body: unknown): Component[] {
  const list = isObject(body) && Array.isArray(body.components) ? body.components : [];
  return list.filter(isObject).map(componentOf);
}

/** Every component of a message, outer before inner, in the order of showing. */
export function allOf(components: readonly Component[]): Component[] {
  return components.flatMap((one) => [
    one,
    ...allOf(one.components),
    ...allOf(one.accessory ? [one.accessory] : []),
  ]);
}

/** Every string in a value. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Options of a select. */
export function optionsOf(component: Component): Record<string, unknown>[] {
  return Array.isArray(component.options) ? component.options.filter(isObject) : [];
}

function componentOf(value: Record<string, unknown>): Component {
  const { type, components, accessory } = value;
  return {
    ...value,
    type: Number(type),
    components: Array.isArray(components) ? components.filter(isObject).map(componentOf) : [],
    ...(isObject(accessory) ? { accessory: componentOf(accessory) } : {}),
  } as Component;
}
