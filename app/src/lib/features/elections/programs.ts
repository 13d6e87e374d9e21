import { filePhrase } from '@quorate/ballots'

/** One program of one file that this server gives out. */
export type Program = {
  readonly kind: 'trustee' | 'registrar' | 'check' | 'verifier'
  readonly file: string
  readonly href: string
  readonly sha256: string
  /** In groups of four, to read aloud. */
  readonly groups: readonly string[]
  /** Twelve words over the fingerprint. */
  readonly words: readonly string[]
}

const places: readonly Pick<Program, 'kind' | 'href'>[] = [
  { kind: 'trustee', href: '/release/quorate-trustee.html' },
  { kind: 'registrar', href: '/release/quorate-registrar.html' },
  { kind: 'check', href: '/release/quorate-check-ballot.html' },
  { kind: 'verifier', href: '/verifier/quorate-verifier.html' },
]

/** The programs whose fingerprints the build wrote, in a file as `sha256sum` writes it. */
export function programsIn(sums: string): readonly Program[] {
  const byName = new Map(sums.split('\n').map((line) => [line.slice(66), line.slice(0, 64)]))
  return places.flatMap(({ kind, href }) => {
    const file = href.slice(href.lastIndexOf('/') + 1)
    const sha256 = byName.get(file)
    return sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256)
      ? []
      : [{ kind, file, href, sha256, groups: sha256.match(/.{4}/g) ?? [], words: filePhrase(sha256) }]
  })
}
