import type { Clock } from '../clock.ts';
import type { Http } from '../http.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../observer.ts';
import type { Source } from '../source.ts';
import type { ArxivSource } from './arxiv/index.ts';

/** What a source may be made of. */
export interface SourceParts {
  /** Where Hugging Face is reached, without a slash at the end, and a token for it. */
  huggingFaceUrl: string;
  huggingFaceToken?: string;
  /** Where another source is reached instead of at its own address, without a slash at the end. */
  sourceUrl?: string;
  /** Completes what a source leaves out. */
  arxiv: ArxivSource;
  http: Http;
  clock: Clock;
  log: Log;
  observer: Observer;
}

/** By the name that SOURCE gives, the usual one first; each is loaded when it is asked for. One more source is one line. */
const SOURCES = {
  'hugging-face': openHuggingFace,
} satisfies Readonly<Record<string, (parts: SourceParts) => Promise<Source>>>;

export type SourceName = keyof typeof SOURCES;
export const SOURCE_NAMES = Object.keys(SOURCES) as [SourceName, ...SourceName[]];

/** Makes the source of this name. Nothing is read yet. */
export async function openSource(name: SourceName, parts: SourceParts): Promise<Source> {
  return await SOURCES[name](parts);
}

async function openHuggingFace({ huggingFaceUrl, huggingFaceToken, ...parts }: SourceParts): Promise<Source> {
  const { createHuggingFaceSource } = await import('./hugging-face/index.ts');
  const token = huggingFaceToken === undefined ? {} : { token: huggingFaceToken };
  return createHuggingFaceSource({ baseUrl: huggingFaceUrl, ...token, ...parts });
}
