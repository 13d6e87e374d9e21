// Papers under a Meek rule, paper by paper: the literal engine.
import { quotientUp } from '../arithmetic.ts'
import { one, partUp, type MeekPapers, type RestRule } from './meek.ts'
import type { Profile } from '../papers/profile.ts'
import { sheetsOf } from './sheets.ts'

/** The papers of a profile that has been checked. */
export function literalPapers({ candidates, papers, withdrawn }: Profile, restRule: RestRule, partOf = partUp): MeekPapers {
  const { sheets, valid, invalid } = sheetsOf(papers, withdrawn)
  return {
    valid,
    invalid,
    distribute: (keep) => {
      const totals = candidates.map(() => 0n)
      let nonTransferable = 0n
      for (const { weight, preferences } of sheets) {
        let rest = one
        let given = 0n
        for (const candidate of preferences) {
          const kept = keep[candidate] ?? 0n
          const part = partOf(rest, kept)
          totals[candidate] = (totals[candidate] ?? 0n) + weight * part
          given += part
          rest = restRule === 'subtract' ? rest - part : quotientUp(rest * (one - kept), one)
          if (rest <= 0n) break
        }
        nonTransferable += weight * (one - given)
      }
      return { totals, nonTransferable }
    },
  }
}
