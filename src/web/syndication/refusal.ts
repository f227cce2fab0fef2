/** Why there is no document. */
export interface Refusal {
  status: 400 | 404 | 503;
  /** Says what to do; holds nothing that was asked. */
  sentence: string;
  /** When it is worth asking again. */
  retryAfterSeconds?: number;
}

export const NO_DOCUMENT: Refusal = {
  status: 404,
  sentence:
    'There is no such document. There are /feeds/daily, /feeds/topic/agents and /feeds/search?q=diffusion, each with .atom, .rss or .json behind its last name.',
};

export const NO_TOPIC: Refusal = {
  status: 404,
  sentence: 'There is no such topic. /topics shows those there are, each with its addresses.',
};

export const NO_QUERY: Refusal = {
  status: 400,
  sentence: 'Say what to look for, for example /feeds/search.atom?q=diffusion.',
};

export const TOO_LONG: Refusal = {
  status: 400,
  sentence: 'That is too long for a search. Leave words out.',
};

export const INDEXING: Refusal = {
  status: 503,
  sentence: 'The archive is being indexed. Please ask again in a minute.',
  retryAfterSeconds: 60,
};

export const NO_SOURCE: Refusal = {
  status: 503,
  sentence: 'No list has been read yet, as the source does not answer. Please ask again in ten minutes.',
  retryAfterSeconds: 600,
};

/** True for what is no document but the reason why there is none. */
export function isRefusal(answer: object): answer is Refusal {
  return 'sentence' in answer;
}
