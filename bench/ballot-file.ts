import { closeSync, openSync, writeSync } from 'node:fs'

/** A repeatable source of fractions from 0 to 1: xorshift of 32 bits (Marsaglia, 2003). For inputs of benches only. */
export function fractions(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/**
 * Writes a ballot file of so many papers, one a line as a scanner writes them. Candidates are drawn by popularity (the strongest six times
 * as likely as the weakest) and most papers stop early, as in real wards: of a million papers with 12 candidates some 150,000 differ.
 */
export function writeBallotFile(path: string, ballots: number, candidates = 12, seats = 4): void {
  const next = fractions(20_070_503)
  const popularity = Array.from({ length: candidates }, (_, c) => 6 ** (-c / Math.max(1, candidates - 1)))
  const file = openSync(path, 'w')
  let lines = [`${candidates} ${seats}`]
  for (let i = 0; i < ballots; i++) {
    const left = popularity.map((weight, c) => ({ weight, c }))
    const length = Math.min(candidates, 1 + Math.floor(-3 * Math.log(1 - next())))
    const ranking: number[] = []
    while (ranking.length < length) {
      let at = next() * left.reduce((sum, { weight }) => sum + weight, 0)
      const index = left.findIndex(({ weight }) => (at -= weight) < 0)
      const [chosen] = left.splice(index < 0 ? left.length - 1 : index, 1)
      if (chosen !== undefined) ranking.push(chosen.c + 1)
    }
    lines.push(`1 ${ranking.join(' ')} 0`)
    if (lines.length > 20_000) {
      writeSync(file, `${lines.join('\n')}\n`)
      lines = []
    }
  }
  lines.push('0', ...Array.from({ length: candidates }, (_, c) => `"Candidate ${c + 1}"`), `"${ballots} papers"`)
  writeSync(file, `${lines.join('\n')}\n`)
  closeSync(file)
}
