import { SourceUnavailableError } from '../errors.ts';
import { type Http, type HttpAnswer, HttpError, type HttpRequest } from '../http.ts';

/** Who asks: for errors and logs. */
export interface Asker {
  /** The source's id. */
  source: string;
  /** The way in. */
  way: string;
}

/**
 * Asks a source and takes only the statuses that the caller knows how to read, 200 unless it says more.
 *
 * Errors: `SourceUnavailableError` for every other status and when there is no answer, what `beforeRequest` throws,
 * or the signal's reason.
 */
export async function ask(
  http: Http,
  request: HttpRequest,
  { source, way, accepts = [200] }: Asker & { accepts?: readonly number[] },
): Promise<HttpAnswer> {
  const answer = await http.get(request).catch((error: unknown) => {
    if (!(error instanceof HttpError)) throw error;
    throw new SourceUnavailableError(error.message, { source, way, cause: error });
  });
  const { status, retryAfterMs } = answer;
  if (accepts.includes(status)) return answer;
  const { host, pathname } = new URL(answer.url);
  throw new SourceUnavailableError(`${host}${pathname} answered with status ${status}.`, {
    source,
    way,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
