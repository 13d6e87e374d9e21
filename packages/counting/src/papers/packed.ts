// A profile as counting machines want it: no object per paper, equal papers added together.
import { sha256 } from '@noble/hashes/sha2.js'
import { assert, canonicalJson, concatBytes, fail, ok, toHex, utf8, type Result } from '@quorate/kernel'
import { isMadeFor, paperTable, type PackedPapers } from './paper-table.ts'
import { checkProfile, mergedPapers, type Contest, type Paper, type Profile, type ProfileFault, type Repeats } from './profile.ts'

/**
 * A contest with its papers merged and packed. Papers with equal, skipped or repeated ranks are few and stay as they are in `odd`, merged
 * and in the order of their text; all others are in `packed`. Two profiles that say the same pack to the same bytes.
 */
export type PackedProfile = Contest & { readonly packed: PackedPapers; readonly odd: readonly Paper[] }

/** Either form of what is counted. */
export type AnyProfile = Profile | PackedProfile

/** Collects papers into a packed profile. */
export type Packer = {
  readonly add: (paper: Paper) => void
  readonly end: (contest: Contest) => PackedProfile
}

/** A fresh packer over `table`, to which others may add plain rankings too. */
export function packer(candidates: number, table = paperTable(candidates)): Packer {
  const odd: Paper[] = []
  const scratch = new Uint16Array(candidates)
  return {
    add: (paper) => {
      const { weight, ranking } = paper
      if (!ranking.every((rank) => typeof rank === 'number')) return void odd.push(paper)
      if (new Set(ranking).size < ranking.length) return void odd.push(paper)
      for (const [place, candidate] of ranking.entries()) scratch[place] = candidate
      table.add(scratch, ranking.length, weight)
    },
    end: ({ title, candidates: names, withdrawn, seats }) => {
      return { title, candidates: names, withdrawn, seats, packed: table.end(), odd: mergedPapers(odd) }
    },
  }
}

/** Packs a profile that has been checked. */
export function packProfile(profile: Profile): PackedProfile {
  const { candidates, papers } = profile
  const into = packer(candidates.length, paperTable(candidates.length, papers.length))
  for (const paper of papers) into.add(paper)
  return into.end(profile)
}

/** The same as a profile with one paper for each different ranking. */
export function unpackProfile(profile: PackedProfile): Profile {
  const { title, candidates, withdrawn, seats, packed, odd } = profile
  const papers = Array.from(packed.weights, (weight, i): Paper => ({
    weight,
    ranking: Array.from(packed.ranks.subarray(packed.starts[i], packed.starts[i + 1])),
  }))
  return { title, candidates, withdrawn, seats, papers: [...papers, ...odd] }
}

/** Checks what a count relies on and packs it: the door through which every count goes. Never throws on a value of its type. */
export function checkedPacked(profile: AnyProfile, repeats: Repeats = 'refused'): Result<PackedProfile, ProfileFault> {
  if ('papers' in profile) {
    const checked = checkProfile(profile, repeats)
    return checked.kind === 'fail' ? checked : ok(packProfile(profile))
  }
  const odd = checkProfile({ ...profile, papers: profile.odd }, repeats)
  if (odd.kind === 'fail') return odd
  const fault = isMadeFor(profile.packed, profile.candidates.length) ? null : packedFault(profile)
  if (fault !== null) return fail(fault)
  return Number.isSafeInteger(papersPacked(profile)) ? ok(profile) : fail({ kind: 'too many papers' })
}

function packedFault({ candidates, packed }: PackedProfile): ProfileFault | null {
  const { starts, ranks, weights } = packed
  if (starts.length !== weights.length + 1 || starts[0] !== 0 || starts[weights.length] !== ranks.length) {
    return { kind: 'bad rank', paper: 0 }
  }
  const seenAt = new Int32Array(candidates.length).fill(-1)
  for (let paper = 0; paper < weights.length; paper++) {
    const weight = weights[paper] ?? 0
    if (!Number.isSafeInteger(weight) || weight < 1) return { kind: 'bad weight', paper }
    for (let i = starts[paper] ?? 0; i < (starts[paper + 1] ?? 0); i++) {
      const candidate = ranks[i] ?? 0
      if (candidate >= candidates.length) return { kind: 'unknown candidate', paper, candidate }
      if (seenAt[candidate] === paper) return { kind: 'repeated candidate', paper, candidate }
      seenAt[candidate] = paper
    }
  }
  return null
}

// Papers do not change once packed, and every count asks three times: a millisecond each for a million.
const totals = new WeakMap<PackedPapers, number>()

/** Papers in the box, blank ones included. */
export function papersPacked({ packed, odd }: PackedProfile): number {
  let sum = totals.get(packed) ?? 0
  if (sum === 0) {
    // A loop: `reduce`, with its call for each ranking, takes three times as long.
    const { weights } = packed
    for (let i = 0; i < weights.length; i++) sum += weights[i] ?? 0
    totals.set(packed, sum)
  }
  for (const { weight } of odd) sum += weight
  return sum
}

/** SHA-256 of FIPS 180-4: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/**
 * Fingerprint of what is counted, in lower-case hex: SHA-256 over `quorate/profile/v2`, a line feed, the canonical JSON of candidates,
 * seats, withdrawn and the papers with equal or skipped ranks (as [weight, ranking], by the text of the ranking), a line feed, and the
 * {@link papersDigest} of the others. The title is left out: it is not counted. Equal profiles, however their papers are ordered or
 * split, have equal fingerprints. `hash` may be a platform's own SHA-256, of a million papers 25 ms quicker; what it gives of the papers
 * is remembered, so a caller who has one asks once before counting.
 */
export function profileHash(profile: AnyProfile, hash: Sha256 = sha256): string {
  const { candidates, seats, withdrawn, packed, odd } = 'papers' in profile ? packProfile(profile) : profile
  const head = canonicalJson({ candidates, odd: odd.map(({ weight, ranking }) => [weight, ranking]), seats, withdrawn })
  return toHex(hash(concatBytes(utf8(`quorate/profile/v2\n${head}\n`), papersDigest(packed, hash))))
}

// Papers do not change once packed, and one box is counted under several rules: a million papers take 20 ms each time.
const digests = new WeakMap<PackedPapers, Uint8Array>()

/**
 * SHA-256 over the rankings in ascending order: for each its papers, its length, and its candidates from 0, every number as unsigned
 * LEB128 (seven bits a byte, lowest first, the top bit set on all but the last).
 */
function papersDigest(packed: PackedPapers, hash: Sha256): Uint8Array {
  const known = digests.get(packed)
  if (known !== undefined) return known
  const digest = hash(papersBytes(packed))
  digests.set(packed, digest)
  return digest
}

function papersBytes({ starts, ranks, weights }: PackedPapers): Uint8Array {
  // No weight takes more than eight bytes, no length or candidate more than three.
  const bytes = new Uint8Array(11 * weights.length + 3 * ranks.length)
  let at = 0
  const put = (number: number): void => {
    let rest = number
    while (rest > 127) {
      bytes[at++] = 128 + (rest % 128)
      rest = (rest - (rest % 128)) * 2 ** -7
    }
    bytes[at++] = rest
  }
  for (let i = 0; i < weights.length; i++) {
    const start = starts[i] ?? 0
    const end = starts[i + 1] ?? 0
    put(weights[i] ?? 0)
    put(end - start)
    for (let r = start; r < end; r++) put(ranks[r] ?? 0)
  }
  assert(at <= bytes.length, 'every ranking is in the fingerprint')
  return bytes.subarray(0, at)
}
