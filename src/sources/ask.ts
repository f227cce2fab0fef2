import { SourceUnavailableError } from '../errors.ts';
import { type Http, type HttpAnswer, HttpError, type HttpRequest } from '../http.ts';
import type { Observer } from '../observer.ts';

/** Who asks: for errors and logs. */
export interface Asker {
  /** The source's id. */
  source: string;
  /** The way in. */
  way: string;
}

/**
 * Asks a source and takes only the statuses that the caller knows how to read, 200 unless it says more. The observer is
 * told of each request that leaves, repetitions and redirects too.
 *
 * Errors: `SourceUnavailableError` for every other status and when there is no answer, what `beforeRequest` throws,
 * or the signal's reason.
 */
export async function ask(
  http: Http,
  request: HttpRequest,
  { source, way, accepts = [200], observer }: Asker & { accepts?: readonly number[]; observer: Observer },
): Promise<HttpAnswer> {
  const watched = watch(request, { source, way }, observer);
  const answer = await http
    .get(watched.request)
    .catch((error: unknown) => {
      if (!(error instanceof HttpError)) throw error;
      throw new SourceUnavailableError(error.message, { source, way, cause: error });
    })
    .finally(watched.end);
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

/**
 * A request that tells the observer of its answers. One that had none is known by the next try, or by the `end` of all;
 * where we gave up ourselves nobody can say that no answer would have come.
 */
function watch(request: HttpRequest, asker: Asker, observer: Observer) {
  let isOut = false;
  const end = () => {
    if (isOut && !request.signal?.aborted) observer.sourceAnswered(asker);
    isOut = false;
  };
  const watched: HttpRequest = {
    ...request,
    async beforeRequest(signal) {
      end();
      await request.beforeRequest?.(signal);
      isOut = true;
    },
    onAnswer(arrival) {
      isOut = false;
      observer.sourceAnswered({ ...asker, status: arrival.status });
      request.onAnswer?.(arrival);
    },
  };
  return { request: watched, end };
}
