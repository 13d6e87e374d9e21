import type { Answer, TestableBallot } from '@quorate/ballots'
import { canonicalJson, fail, ok, type Result } from '@quorate/kernel'

/** What the address of the checking page carries: first the commitment alone, and once the ballot is open also how it was locked. */
export type TestLink = {
  readonly uuid: string
  /** The digest of the locked ballot, base64. */
  readonly digest: string
  readonly revealed: { readonly choices: readonly Answer[]; readonly seed: string; readonly credential: string } | null
}

/** The fragment that names a locked ballot before it is opened: `UUID.DIGEST`. */
export const commitmentFragment = (uuid: string, digest: string): string => `${uuid}.${digest}`

/**
 * The fragment that opens a locked ballot: `UUID.DIGEST.CHOICES.SEED.CREDENTIAL`. Places are joined by `-`, questions by `_`. It is text that fits
 * a square code of 57 modules for Ed25519; φ is left out, for the page that checks takes it from the election itself.
 */
export const testFragment = (uuid: string, { unsigned, seed, choices }: TestableBallot): string =>
  [
    commitmentFragment(uuid, unsigned.digest),
    choices.map((places) => places.join('-')).join('_'),
    seed,
    unsigned.message.credential,
  ].join('.')

const form = /^([1-9A-HJ-NP-Za-km-z]{14,64})\.([A-Za-z0-9+/]{43})(?:\.([\d_-]{1,2000})\.([0-9a-f]{64})\.([0-9a-f]{1,700}))?$/

/** Reads a fragment, or a whole address that ends in one, as it is scanned or pasted. */
export function parseTestLink(typed: string): Result<TestLink, 'not a test link'> {
  const found = form.exec(typed.slice(typed.lastIndexOf('#') + 1).trim())
  if (found === null) return fail('not a test link')
  const [, uuid = '', digest = '', places, seed = '', credential = ''] = found
  if (places === undefined) return ok({ uuid, digest, revealed: null })
  const choices = places.split('_').map((answer) => answer.split('-').map(Number))
  return ok({ uuid, digest, revealed: { choices, seed, credential } })
}

/** The reveal of package ballots (`quorate/spoil/v1`), which is also what the box is told. */
export const revealText = (electionHash: string, { choices, seed, credential }: NonNullable<TestLink['revealed']>): string =>
  canonicalJson({ format: 'quorate/spoil/v1', electionHash, credential, seed, choices })
