/**
 * What Discord takes in a message with Components V2. From the official OpenAPI document (discord/discord-api-spec
 * 74fda0f, 2026-07-18) and the documentation (discord/discord-api-docs c98d64b, 2026-08-06), unless another source
 * stands beside it. Lengths are in characters, which we count as UTF-16 code units: never fewer than Discord counts.
 */
export const LIMITS = {
  /** Nested ones are counted too. */
  components: 40,
  /** Over all text displays of a message. */
  textCharacters: 4000,
  /**
   * Undocumented: above about 10,170 bytes of UTF-8 a message is answered with status 500
   * (discord/discord-api-docs#8554). What is counted there is not told, so all texts are counted here, those that
   * nobody sees too, and a reserve is kept.
   */
  bytes: 9000,
  buttonsInRow: 5,
  label: 80,
  customId: 100,
  options: 25,
  optionLabel: 100,
  optionValue: 100,
  optionDescription: 100,
  placeholder: 150,
  altText: 1024,
  /** Of a link button. */
  linkUrl: 512,
  mediaUrl: 2048,
  /** Undocumented: above 64 a message is answered with status 500 (discord/discord-api-docs#7528). */
  media: 64,
  /** Of a thread or a forum post. */
  title: 100,
} as const;
