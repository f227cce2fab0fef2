/**
 * What Slack takes in a message. From the comments of the official types (@slack/types 3.2, read 2026-11-23), which
 * repeat the pages under docs.slack.dev/reference/block-kit, unless another source stands beside it. Lengths are in
 * characters, which we count as UTF-16 code units of what is sent: never fewer than Slack counts.
 */
export const LIMITS = {
  blocks: 50,
  /**
   * Undocumented: from about 13,200 characters on a message is refused as `msg_blocks_too_long`
   * (slackapi/bolt-js#2509, 2025-04-24), and some with 11,341 characters of text too (slackapi/bolt-js#2867,
   * 2026-04-11). What is counted there is not told, so all of the blocks' JSON is counted here, and a reserve is kept.
   */
  total: 12_000,
  /** Of the message as notifications show it; 40,000 are cut (docs.slack.dev/reference/methods/chat.postMessage). */
  text: 4000,
  header: 150,
  sectionText: 3000,
  fields: 10,
  field: 2000,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  url: 3000,
  options: 100,
  optionText: 75,
  /** The page says 150, the types say 75: the lower one is always taken. */
  optionValue: 75,
  placeholder: 150,
  altText: 2000,
  imageUrl: 3000,
} as const;
