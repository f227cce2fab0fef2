import type { Upload } from './files.ts';

/** Sends a file by POST, as `files.getUploadURLExternal` wants it (docs.slack.dev, 2026-11-23). */
export function createUpload(send = globalThis.fetch): Upload {
  return async (url, content, signal) => {
    const response = await send(url, { method: 'POST', body: content, signal });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`Slack did not take the file (status ${response.status}).`);
  };
}
