import type { Shape, Team } from './state.ts';

/** One thing that the app was told, with every try. */
export interface Told {
  kind: 'events_api' | 'slash_commands' | 'interactive';
  team: Team;
  payload: Shape;
  tries: readonly {
    atMs: number;
    /** 0 for the first. */
    retry: number;
    reason?: string;
    /** Acknowledged in time; false also while that is waited for. */
    isAcked: boolean;
    /** Of HTTP. */
    status?: number;
  }[];
  /** When it goes again by the fake's clock, once a try has failed that is not repeated at once. */
  readonly againAtMs: number | undefined;
  /** Nobody acknowledged it and no try is left. */
  readonly isLost: boolean;
  readonly isAcked: boolean;
}

/** Connections of Socket Mode. */
export interface Sockets {
  /** How many are open now. */
  readonly count: number;
  /** How many were opened so far. */
  readonly opened: number;
  /** Says `disconnect` on every connection and closes it, `warning` aside, which only says it. */
  disconnect(reason?: 'refresh_requested' | 'warning' | 'link_disabled'): void;
  /** Tears every connection down without a word. */
  drop(): void;
  /** Connections stay open, but nothing is said and no ping answered any more; new ones are not meant. */
  silence(): void;
}

/** What an endpoint answered. */
export interface EndpointAnswer {
  status: number;
  body: string;
}

/** The app's own address, to which signed requests go. */
export interface Endpoint {
  /** The challenge that Slack sends when an address is entered. */
  verify(): Promise<EndpointAnswer & { isVerified: boolean }>;
  /** `ssl_check=1`. */
  sslCheck(): Promise<EndpointAnswer>;
  /** Sends a command or an event with a signature that does not hold, or that is six minutes old, or none. */
  forge(
    signature: 'bad' | 'old' | 'none',
    what?: 'event' | 'command',
    payload?: Shape,
  ): Promise<EndpointAnswer>;
}

/** How the app hears: by Socket Mode at first, by HTTP once `http` was called. */
export interface Hearing {
  readonly sockets: Sockets;
  /** Everything goes to this address from now on: `fake.http('http://127.0.0.1:3000/slack/events')`. */
  http(url: string): Endpoint;
  /** Back to Socket Mode. */
  socketMode(): void;
  /** Everything that was told, oldest first. */
  readonly told: readonly Told[];
  /** Tells the same again, though it was acknowledged: the same `event_id`, with a retry number. */
  repeat(told: Told): Promise<void>;
  /**
   * Tells any event, subscribed to or not: `emit({ type: 'app_rate_limited' })`, that one by HTTP only. Default: of the first
   * workspace.
   */
  emit(event: Shape, team?: Team): Told;
  /** Waits until everything that was told is acknowledged or lost. */
  settled(): Promise<void>;
}
