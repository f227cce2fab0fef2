import type { Shape, World } from './state.ts';

/** A file that came with a request. */
export interface Upload {
  /** Of its field: `0` of `files[0]`. */
  index: number;
  filename: string;
  contentType: string;
  text: string;
  size: number;
}

/** A request as a route sees it. */
export interface Call {
  world: World;
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** JSON, or that of `payload_json`; undefined where nothing came. */
  body: unknown;
  files: readonly Upload[];
}

/** An answer: without a body it is 204. */
export interface Answer {
  status: number;
  body?: unknown;
}

/** One operation of the API. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the official description names it: `/channels/{channel_id}`. */
  path: string;
  /** Needs no token: what carries its own in the address. */
  isOpen?: true;
  /** Throws `Refusal`. */
  run(call: Call): Answer;
}

/** A parameter that the path has by its own pattern. */
export function parameter({ parameters }: Call, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new Error(`The route has no {${name}}.`);
  return value;
}

/** The body as an object; empty where it is none. */
export function bodyOf({ body }: Call): Shape {
  return typeof body === 'object' && body !== null ? (body as Shape) : {};
}

export const done: Answer = { status: 204 };

export function answer(body: unknown, status = 200): Answer {
  return { status, body };
}
