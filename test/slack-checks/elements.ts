import { isObject, objectsIn, optionsOf, type Shape, textIn } from './read.ts';

const MOST_OPTIONS: Readonly<Record<string, number>> = { overflow: 5, checkboxes: 10, radio_buttons: 10 };
const WITH_OPTIONS = ['static_select', 'multi_static_select', 'overflow', 'checkboxes', 'radio_buttons'];

/** What Slack would refuse in one element of a block (docs.slack.dev/reference/block-kit/block-elements, read 2026-11). */
export function elementProblems(element: Shape): string[] {
  const { type, action_id: id, placeholder, confirm } = element;
  return [
    ...unless(id === undefined || isShort(id, 255), `action_id "${String(id)}"`),
    ...unless(placeholder === undefined || isPlain(placeholder, 150), `placeholder of ${String(type)}`),
    ...(confirm === undefined ? [] : confirmProblems(confirm)),
    ...(type === 'button' ? buttonProblems(element) : []),
    ...(type === 'image' ? imageProblems(element) : []),
    ...(WITH_OPTIONS.includes(String(type)) ? choiceProblems(element) : []),
    ...initialProblems(element),
  ];
}

/** What an image lacks, as a block or as an element. */
export function imageProblems({ image_url: url, slack_file: file, alt_text: alt }: Shape): string[] {
  return [
    ...unless(
      typeof alt === 'string' && alt.trim() !== '' && alt.length <= 2000,
      'an image without its text',
    ),
    ...unless(file !== undefined || isAddress(url), `an image at "${String(url)}"`),
  ];
}

function buttonProblems({ text, url, value, style }: Shape): string[] {
  return [
    ...unless(isPlain(text, 75), `a button called "${textIn(text)}"`),
    ...unless(url === undefined || isAddress(url), `a button to "${String(url)}"`),
    ...unless(value === undefined || isShort(value, 2000), 'the value of a button'),
    ...unless(style === undefined || style === 'primary' || style === 'danger', `style "${String(style)}"`),
  ];
}

function choiceProblems(element: Shape): string[] {
  const { type, options: list, option_groups: groups } = element;
  const options = optionsOf(element);
  const values = options.map(({ value }) => value);
  const most = MOST_OPTIONS[String(type)] ?? 100;
  const largest = Math.max(
    objectsIn(list).length,
    ...objectsIn(groups).map((group) => objectsIn(group.options).length),
  );
  return [
    ...unless(options.length >= 1 && largest <= most, `${options.length} options in ${String(type)}`),
    ...unless((list === undefined) !== (groups === undefined), `options and groups in ${String(type)}`),
    ...unless(objectsIn(groups).length <= 100, 'too many groups'),
    ...objectsIn(groups).flatMap(({ label }) =>
      unless(isPlain(label, 75), `a group called "${textIn(label)}"`),
    ),
    ...unless(new Set(values).size === values.length, `the same value twice in ${String(type)}`),
    ...options.flatMap(optionProblems),
  ];
}

function optionProblems({ text, value, description, url }: Shape): string[] {
  return [
    ...unless(isSaid(text, 75), `an option called "${textIn(text)}"`),
    ...unless(isShort(value, 150), `an option for "${String(value)}"`),
    ...unless(
      description === undefined || isPlain(description, 75),
      `the description "${textIn(description)}"`,
    ),
    ...unless(url === undefined || isAddress(url), `an option to "${String(url)}"`),
  ];
}

/** What is chosen at first must be there, word for word. */
function initialProblems(element: Shape): string[] {
  const { type, initial_option: one, initial_options: several, max_selected_items: most = 100 } = element;
  const offered = new Set(optionsOf(element).map((option) => JSON.stringify(sorted(option))));
  const isExternal = /external_select$/.test(String(type));
  const chosen = [...(one === undefined ? [] : [one]), ...(Array.isArray(several) ? several : [])];
  return [
    ...unless(
      several === undefined || (Array.isArray(several) && several.length > 0),
      'nothing chosen at first',
    ),
    ...unless(chosen.length <= Number(most), 'too much chosen at first'),
    ...chosen.flatMap((option) =>
      unless(
        isExternal || offered.has(JSON.stringify(sorted(option))),
        `chosen at first, but not there: ${JSON.stringify(option)}`,
      ),
    ),
  ];
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  // Whether emoji are shown does not make it another option.
  return Object.fromEntries(
    entries.filter(([key]) => key !== 'emoji').map(([key, inner]) => [key, sorted(inner)]),
  );
}

function confirmProblems(confirm: unknown): string[] {
  if (!isObject(confirm)) return ['no dialog'];
  const { title, text, confirm: yes, deny } = confirm;
  const isDialog =
    isSaid(text, 300) &&
    (title === undefined || isPlain(title, 100)) &&
    (yes === undefined || isPlain(yes, 30)) &&
    (deny === undefined || isPlain(deny, 30));
  return unless(isDialog, `the dialog "${textIn(text)}"`);
}

/** A text object of either kind. */
export function isSaid(value: unknown, max: number): boolean {
  if (!isObject(value) || (value.type !== 'plain_text' && value.type !== 'mrkdwn')) return false;
  return typeof value.text === 'string' && value.text.trim() !== '' && value.text.length <= max;
}

export function isPlain(value: unknown, max: number): boolean {
  return isObject(value) && value.type === 'plain_text' && isSaid(value, max);
}

export function isShort(value: unknown, max: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= max;
}

function isAddress(value: unknown): boolean {
  return isShort(value, 3000) && /^https?:\/\/[^\s/]+/u.test(value) && URL.canParse(value);
}

export function unless(isGood: boolean, problem: string): string[] {
  return isGood ? [] : [problem];
}
