/** What Discord refuses, by its own code: status and sentence. */
const REFUSALS = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  30010: [400, 'Maximum number of reactions reached (20)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later.'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40094: [400, 'Maximum number of follow-up messages reached for this interaction'],
  50001: [403, 'Missing Access'],
  50003: [400, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50021: [403, 'Cannot execute action on a system message'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [400, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
} as const satisfies Record<number, readonly [number, string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** One thing that is wrong with a body: where, and Discord's name for it. */
export interface FormError {
  /** As in `components.0.label`; empty for the body as a whole. */
  path: string;
  code: string;
  message: string;
}

/** An answer that is not what was asked for. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly formErrors: readonly FormError[];

  constructor(status: number, code: number, message: string, formErrors: readonly FormError[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.formErrors = formErrors;
  }
}

/** A refusal by its code. */
export function refusal(code: RefusalCode): Refusal {
  const [status, message] = REFUSALS[code];
  return new Refusal(status, code, message);
}

/** A body that cannot be taken, with everything that is wrong with it. */
export function invalidForm(errors: readonly FormError[]): Refusal {
  return new Refusal(400, 50035, 'Invalid Form Body', errors);
}

/** No such route: what Discord says of addresses that it does not know. */
export function noRoute(): Refusal {
  return new Refusal(404, 0, '404: Not Found');
}

/** The body of a refusal as Discord writes it. */
export function refusalBody({ code, message, formErrors }: Refusal): Record<string, unknown> {
  if (formErrors.length === 0) return { message, code };
  const errors: Record<string, unknown> = {};
  for (const { path, ...error } of formErrors) nest(errors, path.split('.').filter(Boolean), error);
  return { message, code, errors };
}

function nest(tree: Record<string, unknown>, path: readonly string[], error: unknown): void {
  let branch = tree;
  for (const step of path) {
    branch[step] ??= {};
    branch = branch[step] as Record<string, unknown>;
  }
  branch._errors = [...((branch._errors as unknown[]) ?? []), error];
}
