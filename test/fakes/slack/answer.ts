import type { Exchange, Message, Shape, View, World } from './state.ts';

export type Until = (holds: () => boolean) => Promise<void>;

/** What a person sees of what they did; goes on telling the present as the bot answers and edits. */
export interface Answer {
  /** The payload that the bot was sent. */
  readonly payload: Shape;
  /** How long the acknowledgement took by the fake's clock; undefined: none in time. */
  readonly ackedAfterMs: number | undefined;
  /** What it was acknowledged with; undefined for nothing. */
  readonly acked: unknown;
  /** What came by its `response_url`, in order, as sent. */
  readonly responses: readonly Shape[];
  /** Messages that it was answered with and that stand now, by acknowledgement or `response_url`, in order. */
  readonly messages: readonly Message[];
  /** The view that was opened, pushed, updated or published for it last. */
  readonly view: View | undefined;
  /** The modal that the person has on top now. */
  readonly modal: View | undefined;
  /** What a submission was refused with, by `block_id`. */
  readonly errors: Readonly<Record<string, string>>;
  /** How often something was shown: a response, a view, errors. */
  readonly shown: number;
  readonly responseUrl: string | undefined;
  readonly triggerId: string | undefined;
  /** Waits until something was shown so often, by default once. Never ends when nothing is: give tests their limit. */
  whenShown(times?: number): Promise<Answer>;
  /** Waits until so many messages stand. */
  whenMessages(count?: number): Promise<readonly Message[]>;
  /** Waits until a view was opened or changed for it. */
  whenView(): Promise<View>;
}

export function responseUrl(world: World, { responseToken }: Exchange): string | undefined {
  return responseToken === undefined ? undefined : `${world.origin()}/response/${responseToken}`;
}

export function answerOf(world: World, exchange: Exchange, until: Until): Answer {
  const standing = () => exchange.messages.filter(({ isDeleted }) => !isDeleted);
  const answer: Answer = {
    payload: exchange.payload,
    get ackedAfterMs() {
      return exchange.ackedAtMs === undefined ? undefined : exchange.ackedAtMs - exchange.startedAtMs;
    },
    get acked() {
      return exchange.acked;
    },
    get responses() {
      return exchange.responses;
    },
    get messages() {
      return standing();
    },
    get view() {
      return exchange.view;
    },
    get modal() {
      return world.modals.get(exchange.person.id)?.at(-1);
    },
    get errors() {
      return exchange.errors;
    },
    get shown() {
      return exchange.shown;
    },
    responseUrl: responseUrl(world, exchange),
    triggerId: exchange.triggerId,
    async whenShown(times = 1) {
      await until(() => exchange.shown >= times);
      return answer;
    },
    async whenMessages(count = 1) {
      await until(() => standing().length >= count);
      return standing();
    },
    async whenView() {
      await until(() => exchange.view !== undefined);
      if (!exchange.view) throw new Error('There is no view.');
      return exchange.view;
    },
  };
  return answer;
}
