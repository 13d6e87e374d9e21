/**
 * The only spellings a text on the record may have. Each is bounded, anchored and free of nested repetition, so that a hostile text costs
 * linear time. `says` completes "expected …".
 */
export const tokens = {
  fingerprint: { pattern: /^[0-9a-f]{64}$/, says: 'a SHA-256 value in lower-case hex' },
  pseudonym: { pattern: /^[0-9a-f]{32}$/, says: 'a pseudonym of 32 lower-case hex digits' },
  /** `rule` acts by itself; anybody else has a pseudonym. */
  actor: { pattern: /^(?:rule|[0-9a-f]{32})$/, says: 'a pseudonym of 32 lower-case hex digits, or rule' },
  id: { pattern: /^[a-z][a-z0-9-]{0,63}$/, says: 'an id of the rulebook' },
  clause: { pattern: /^[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3}){0,5}$/, says: 'a clause id such as 4.2' },
  citation: { pattern: /^[0-9][0-9.]{0,30}@[1-9][0-9]{0,8}$/, says: 'a citation such as 4.2@1' },
  electorate: { pattern: /^[a-z][a-z0-9-]{0,63}@[1-9][0-9]{0,8}$/, says: 'an electorate of an edition such as members@1' },
  capacity: {
    pattern: /^(?:rule|(?:electorate|office|body|seat) [a-z][a-z0-9-]{0,63})$/,
    says: 'a capacity such as office registrar',
  },
  event: { pattern: /^[1-9][0-9]{0,15}\/[1-9][0-9]{0,8}$/, says: 'an event id such as 12/3' },
  /** A ground, a base, an instance of an electorate: words the edition prints. The verifier looks them up in the edition. */
  term: { pattern: /^[a-z0-9][a-z0-9 .-]{0,79}(?:@[1-9][0-9]{0,8})?$/, says: 'a term of the rulebook' },
  /** What one of several officers would decide: a check passed, refused on a ground the edition lists, or an instant in milliseconds. */
  answer: {
    pattern: /^(?:passed|refused: [a-z0-9][a-z0-9 .-]{0,79}|[12][0-9]{12})$/,
    says: 'what an officer would decide, such as passed',
  },
  origin: { pattern: /^[a-z0-9][a-z0-9.-]{0,99}(?:\/[a-z0-9-]{1,64}){0,4}$/, says: 'the address of the log without its scheme' },
  version: { pattern: /^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$/, says: 'a version such as 0.1.0' },
  code: { pattern: /^[A-Z]{2,12}–[0-9]{4}–[A-Z]{2,12}$/, says: 'a ballot code such as CEDAR–4817–LARK' },
  uuid: { pattern: /^[1-9A-HJ-NP-Za-km-z]{14,64}$/, says: 'a Belenios identifier' },
  digest: { pattern: /^[A-Za-z0-9+/]{43}$/, says: 'a SHA-256 value in unpadded base64' },
  /** A scalar or an element modulo p, up to 2,048 bits. */
  number: { pattern: /^(?:0|[1-9][0-9]{0,619})$/, says: 'a whole number in decimal' },
  /** Ed25519 in 64 hex digits, or a number. */
  element: { pattern: /^(?:[0-9a-f]{64}|[1-9][0-9]{0,619})$/, says: 'a group element' },
} as const satisfies { readonly [name: string]: { readonly pattern: RegExp; readonly says: string } }

/** Name of a spelling. */
export type TokenName = keyof typeof tokens
