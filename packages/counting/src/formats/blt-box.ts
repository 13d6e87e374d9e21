// A BLT file to a box, piece by piece.
import { fail, ok } from '@quorate/kernel'
import { bltPackedReader } from './blt.ts'
import type { Repeats } from '../papers/profile.ts'
import type { BoxReader } from './box-reader.ts'

/** A fresh reader; `seats` where somebody says how many, whatever the file says; `repeats` as the method says. */
export function bltBoxReader(seats: number | null, repeats?: Repeats): BoxReader {
  const reader = bltPackedReader(repeats)
  return {
    push: reader.push,
    end: () => {
      const read = reader.end()
      if (read.kind === 'fail') {
        const [first, ...rest] = read.error
        return fail([{ format: 'blt', fault: first }, ...rest.map((fault) => ({ format: 'blt', fault }) as const)])
      }
      const { profile, tieOrder } = read.value
      // How many seats the file names matters no more when somebody says how many.
      const findings = read.value.findings.filter(({ kind }) => seats === null || kind !== 'more seats than candidates')
      return ok({ box: { kind: 'rankings', profile: seats === null ? profile : { ...profile, seats } }, tieOrder, findings })
    },
  }
}
