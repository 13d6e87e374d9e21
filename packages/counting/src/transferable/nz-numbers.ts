// Local Electoral Regulations 2001 (New Zealand), Schedule 1A, Part 5, clauses 41 to 48: the pseudo-random numbers that settle ties.
// Wichmann and Hill's generator (Applied Statistics 31, 1982, AS 183) but for the last step: rc is a sum of three numbers below 10,000 and
// is not brought below 10,000 again.
import { quotient } from '../arithmetic.ts'

/** What clause 42 starts from: candidates, vacancies and valid voting documents. */
export type NumbersSeed = { readonly candidates: number; readonly vacancies: number; readonly valid: number }

type State = { readonly x: bigint; readonly y: bigint; readonly z: bigint }

/** Clause 42: x = c + 5, y = n, z = (v + 1000 (v rem 10)) rem 30,323. */
const seeded = ({ candidates, vacancies, valid }: NumbersSeed): State => {
  const v = BigInt(valid)
  return { x: BigInt(candidates) + 5n, y: BigInt(vacancies), z: (v + 1000n * (v % 10n)) % 30_323n }
}

/** Clause 43: the next state. */
const next = ({ x, y, z }: State): State => ({ x: (171n * x) % 30_269n, y: (172n * y) % 30_307n, z: (170n * z) % 30_323n })

/** Clause 43: rc = (10,000 x) div 30,269 + (10,000 y) div 30,307 + (10,000 z) div 30,323. */
const numberOf = ({ x, y, z }: State): number =>
  Number(quotient(10_000n * x, 30_269n) + quotient(10_000n * y, 30_307n) + quotient(10_000n * z, 30_323n))

/**
 * Clauses 42 to 47: one number for each candidate, in the order of nomination, no two alike. `discards` values come and go before the first
 * is used: clause 44 repeats clause 43 "four times, discarding the first 4 values", which leaves open whether clause 43 has been carried
 * out once before (4: the fifth value is used) or its value, too, is thrown away (5: the sixth).
 */
export function nzNumbers(seed: NumbersSeed, discards: 4 | 5): readonly number[] {
  let state = seeded(seed)
  for (let i = 0; i < discards; i++) state = next(state)
  const numbers: number[] = []
  while (numbers.length < seed.candidates) {
    state = next(state)
    const number = numberOf(state)
    if (!numbers.includes(number)) numbers.push(number)
  }
  return numbers
}

/** Clause 48: at the second and every later step a number is replaced by 10,000 less it, so that it turns round from step to step. */
export const nzNumberAt = (number: number, step: number): number => (step % 2 === 1 ? number : 10_000 - number)
