const grammar = [
  'present|at|least|more|than|greater|lesser|of|and|or|none|seated|those|this|group|notice|filled|sitting|established',
  'people|votes|seats|bodies|clear|working|minutes?|hours?|days?|weeks?|months?|years?',
  '(?:class|electorate) [a-z][a-z0-9-]{0,63}',
  '[0-9]{1,9}(?:%|/[0-9]{1,9})?',
].join('|')
const phrase = new RegExp(`^(?:${grammar})(?: (?:${grammar})){0,60}$`)

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
  /** Events outside any one decision are numbered under 0. */
  event: { pattern: /^(?:0|[1-9][0-9]{0,15})\/[1-9][0-9]{0,8}$/, says: 'an event id such as 12/3' },
  /** Nothing: the stage of an event outside any one decision. */
  none: { pattern: /^$/, says: 'an empty text' },
  /** What the movement numbers in its own business; a bare number is that of a decision. A meeting held again has a + at its end. */
  matter: {
    pattern: /^(?:(?:meeting|item|order|sanction|appeal|delegation|draft)-)?[1-9][0-9]{0,15}\+{0,8}$/,
    says: 'a number such as meeting-3',
  },
  /** A local group by its number or by a hash; never by its name. */
  group: { pattern: /^(?:group-[1-9][0-9]{0,8}|[0-9a-f]{64})$/, says: 'a group such as group-4' },
  /** An interest of the closed list; of money the rule names the sum. */
  interest: {
    pattern: /^(?:employment|candidate|agent of candidate|family|money|official of related body)$/,
    says: 'an interest such as family',
  },
  /** A class of seats of a body; empty for an office. */
  seat: { pattern: /^(?:[a-z][a-z0-9-]{0,63})?$/, says: 'a class of seats of the rulebook, or nothing' },
  /** A quorum or a length of time: numbers and words of the rulebook's grammar, and ids only of a class or an electorate. */
  phrase: { pattern: phrase, says: 'a quorum or a length of time in the rulebook’s grammar' },
  /** What a fact is of: a term, a body of one group, or a seat such as `body committee/ordinary/3`. */
  about: {
    pattern:
      /^[a-z0-9][a-z0-9 .-]{0,79}(?:@(?:[1-9][0-9]{0,8}|group-[1-9][0-9]{0,8}|[0-9a-f]{64}))?(?:\/[a-z0-9-]{0,64}\/[1-9][0-9]{0,5})?\+{0,8}$/,
    says: 'what a fact is of, such as members or body committee/ordinary/3',
  },
  /** A ground, a base, an instance of an electorate: words the edition prints. The verifier looks them up in the edition. */
  term: { pattern: /^[a-z0-9][a-z0-9 .-]{0,79}(?:@[1-9][0-9]{0,8})?$/, says: 'a term of the rulebook' },
  /** What one of several officers would decide: a check passed, refused on a ground the edition lists, or an instant in milliseconds. */
  answer: {
    pattern: /^(?:passed|refused: [a-z0-9][a-z0-9 .-]{0,79}|[12][0-9]{12})$/,
    says: 'what an officer would decide, such as passed',
  },
  origin: { pattern: /^[a-z0-9][a-z0-9.-]{0,99}(?:\/[a-z0-9-]{1,64}){0,4}$/, says: 'the address of the log without its scheme' },
  version: { pattern: /^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$/, says: 'a version such as 0.1.0' },
  /** An Ed25519 signature (RFC 8032). */
  signature: { pattern: /^[A-Za-z0-9+/]{86}==$/, says: 'a signature of 64 bytes in base64' },
  /** The public key of a member's device: Ed25519 (RFC 8032), its 32 bytes in hex. */
  'device-key': { pattern: /^[0-9a-f]{64}$/, says: 'a public key in 64 lower-case hex digits' },
  /** The public key of a registrar apart, as its program prints it: Ed25519 (RFC 8032), `x` of RFC 8037. */
  'registrar-key': { pattern: /^[A-Za-z0-9_-]{43}$/, says: 'a public key of 32 bytes in unpadded base64url' },
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
