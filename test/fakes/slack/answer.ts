import type { Message, Shape, View } from './state.ts';

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
