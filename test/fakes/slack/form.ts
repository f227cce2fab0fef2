import type { IncomingMessage } from 'node:http';
import type { Shape } from './state.ts';

/** Arguments that are JSON in a form. */
const NESTED = ['blocks', 'attachments', 'metadata', 'view', 'unfurls', 'files', 'user_auth_blocks'];

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Arguments of a call from its address and its body: a form, JSON or several parts. */
export async function readArgs(request: IncomingMessage, url: URL, bytes: Buffer): Promise<Shape> {
  const type = request.headers['content-type'] ?? '';
  const query = Object.fromEntries(url.searchParams);
  if (type.startsWith('application/json'))
    return { ...query, ...(JSON.parse(bytes.toString('utf8') || '{}') as Shape) };
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    return nested({
      ...query,
      ...Object.fromEntries([...form].map(([name, value]) => [name, String(value)])),
    });
  }
  return nested({ ...query, ...Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))) });
}

/** What cannot be read stays the text that it is: a method refuses it by its own word. */
function nested(args: Shape): Shape {
  const read = ([name, value]: [string, unknown]): [string, unknown] => {
    if (!NESTED.includes(name) || typeof value !== 'string') return [name, value];
    try {
      return [name, JSON.parse(value) as unknown];
    } catch {
      return [name, value];
    }
  };
  return Object.fromEntries(Object.entries(args).map(read));
}

/** What is uploaded, as text: the body itself, or the one file in a form. */
export async function readUpload(request: IncomingMessage, bytes: Buffer): Promise<string> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes.toString('utf8');
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const [file] = [...form.values()];
  return typeof file === 'string' || file === undefined ? String(file ?? '') : await file.text();
}
