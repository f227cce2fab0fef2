import { objectsIn } from '../../slack-checks/read.ts';
import { post } from './messages.ts';
import { type Call, type Method, numberArg, textArg } from './method.ts';
import { writableChannel } from './methods-chat.ts';
import { Refusal } from './refusal.ts';
import { fileShape } from './shapes.ts';
import type { Shape, UploadedFile } from './state.ts';

export const FILE_METHODS: readonly Method[] = [
  {
    name: 'files.getUploadURLExternal',
    tier: 4,
    scopes: ['files:write'],
    args: ['filename', 'length', 'alt_txt', 'snippet_type'],
    run(call) {
      const { world } = call;
      const name = textArg(call, 'filename');
      const size = numberArg(call, 'length', 0);
      if (name === '' || size <= 0) throw new Refusal('invalid_arguments');
      const file: UploadedFile = {
        id: world.newId('F'),
        name,
        title: name,
        size,
        text: '',
        isComplete: false,
      };
      world.files.set(file.id, file);
      return { upload_url: `${world.origin()}/upload/${file.id}`, file_id: file.id };
    },
  },
  {
    name: 'files.completeUploadExternal',
    tier: 4,
    scopes: ['files:write'],
    args: ['files', 'channel_id', 'channels', 'initial_comment', 'thread_ts', 'blocks'],
    run: complete,
  },
];

function complete(call: Call): Shape {
  const { world, args } = call;
  const files = objectsIn(args.files).map(({ id, title }) => {
    const file = world.files.get(String(id));
    if (!file || file.isComplete) throw new Refusal('file_not_found');
    if (Buffer.byteLength(file.text) !== file.size) throw new Refusal('invalid_upload');
    return Object.assign(file, title === undefined ? {} : { title: String(title) });
  });
  if (files.length === 0) throw new Refusal('no_file_data');
  const id = textArg(call, 'channel_id');
  if (id !== '') {
    const channel = writableChannel({ ...call, args: { channel: id } });
    const threadTs = textArg(call, 'thread_ts');
    const content = { text: textArg(call, 'initial_comment'), blocks: [], attachments: [] };
    const message = post(world, {
      channel,
      author: call.bot,
      content,
      ...(threadTs === '' ? {} : { threadTs }),
    });
    message.files.push(...files);
  }
  for (const file of files) file.isComplete = true;
  return { files: files.map(fileShape) };
}
