// What was counted, as docs/spec/count-certificate.md speaks of it: papers, their fingerprint, and the lot. Shares no code with packages/counting.
import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, concatBytes, toHex, uintBytes, uintOf, utf8 } from '@quorate/kernel'

/** A place on a paper: a candidate from 0; or a list, for none (a skipped number) or several at one number, ascending. */
type Paper = { readonly weight: number; readonly ranking: readonly (number | readonly number[])[] }

/** What was counted: who stood for how many places, who withdrew (ascending), and the papers, equal ones together or not. */
export type CertifiedPapers = {
  readonly candidates: readonly string[]
  readonly withdrawn: readonly number[]
  readonly seats: number
  readonly papers: readonly Paper[]
}

/** Papers that say the same: how many, and the candidates they name in order, as far as they count. */
export type Sheet = { readonly papers: bigint; readonly names: readonly number[] }

/** Whether papers, places and the withdrawn fit the candidates. What a count refuses has no certificate. */
export function areSound({ candidates, withdrawn, seats, papers }: CertifiedPapers): boolean {
  const isCount = (n: number): boolean => Number.isSafeInteger(n) && n > 0
  const areKnown = (list: readonly number[]): boolean =>
    new Set(list).size === list.length && list.every((c) => Number.isInteger(c) && c >= 0 && c < candidates.length)
  return isCount(seats) && areKnown(withdrawn) && papers.every((p) => isCount(p.weight) && areKnown(p.ranking.flat()))
}

/** Papers by what they say up to a skipped number or two at one number, the withdrawn left out; and how many say nothing. */
export function sheetsOf({ papers, withdrawn }: CertifiedPapers): { readonly sheets: readonly Sheet[]; readonly blank: bigint } {
  const sheets = new Map<string, Sheet>()
  for (const { weight, ranking } of papers) {
    const ranks = ranking.map((rank) => [rank].flat().filter((c) => !withdrawn.includes(c)))
    const end = ranks.findIndex((rank, i) => rank.length > 1 || [ranking[i]].flat().length === 0)
    const names = ranks.slice(0, end < 0 ? ranks.length : end).flat()
    sheets.set(names.join(), { papers: (sheets.get(names.join())?.papers ?? 0n) + BigInt(weight), names })
  }
  const all = [...sheets.values()]
  return { sheets: all.filter(({ names }) => names.length > 0), blank: sheets.get('')?.papers ?? 0n }
}

/** Fingerprint `quorate/profile/v2` of what was counted. */
export function fingerprintOf({ candidates, seats, withdrawn, papers }: CertifiedPapers): string {
  const merged = new Map<string, Paper>()
  for (const { weight, ranking } of papers) {
    const text = canonicalJson(ranking)
    merged.set(text, { ranking, weight: weight + (merged.get(text)?.weight ?? 0) })
  }
  const texts = [...merged.keys()].sort().flatMap((text) => merged.get(text) ?? [])
  const isPlain = ({ ranking }: Paper): boolean => ranking.every((rank) => typeof rank === 'number')
  const odd = texts.flatMap((paper) => (isPlain(paper) ? [] : [[paper.weight, paper.ranking]]))
  const plain = texts.filter(isPlain).map(({ weight, ranking }) => [weight, ranking.length, ...ranking.flat()])
  plain.sort(([, , ...a], [, , ...b]) => {
    const at = a.findIndex((c, i) => c !== b[i])
    return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
  })
  const head = utf8(`quorate/profile/v2\n${canonicalJson({ candidates, odd, seats, withdrawn })}\n`)
  return toHex(sha256(concatBytes(head, sha256(Uint8Array.from(plain.flat().flatMap(leb128))))))
}
const leb128 = (n: number): readonly number[] => (n < 128 ? [n] : [128 + (n % 128), ...leb128(Math.floor(n / 128))])

/** The lot order that a seed gives: Fisher–Yates from the last place down, on SHA-256(seed, counter) as fair numbers. */
export function orderFrom(seed: Uint8Array, candidates: number): readonly number[] {
  const order = Array.from({ length: candidates }, (_, c) => c)
  let counter = 0n
  for (let last = candidates - 1; last > 0; last--) {
    let word = 2n ** 256n
    // A word from the last, incomplete run would favour small places.
    while (word >= 2n ** 256n - (2n ** 256n % BigInt(last + 1))) word = uintOf(sha256(concatBytes(seed, uintBytes(counter++, 8))))
    const place = Number(word % BigInt(last + 1))
    ;[order[last], order[place]] = [order[place] ?? 0, order[last] ?? 0]
  }
  return order
}
