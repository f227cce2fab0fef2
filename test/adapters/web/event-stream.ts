/** One event as a browser reads it; a comment has its text alone. */
export interface StreamEvent {
  event: string;
  id?: string;
  data: string;
  comment?: string;
}

/** Reads a stream of events, one by one (html.spec.whatwg.org/multipage/server-sent-events.html, 2026-11-26). */
export async function* eventsOf(response: Response): AsyncGenerator<StreamEvent> {
  if (!response.body) throw new Error('The answer has no body.');
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield eventIn(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function eventIn(block: string): StreamEvent {
  const event: StreamEvent = { event: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === '') event.comment = value;
    else if (field === 'data') data.push(value);
    else if (field === 'event') event.event = value;
    else if (field === 'id') event.id = value;
    else throw new Error(`"${line}" is no line of an event.`);
  }
  return { ...event, data: data.join('\n') };
}
