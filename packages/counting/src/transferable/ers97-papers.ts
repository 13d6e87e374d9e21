// Papers under ERS97, where a candidate's hands hold batches: two engines for the same dealing out.
import { Dealer, joined } from './piles.ts'
import type { PackedProfile } from '../papers/packed.ts'
import type { Profile } from '../papers/profile.ts'
import { plainPapers, sheetsOf, type Sheet } from './sheets.ts'

/** What came to one target: papers in a form that only its engine knows. `to` null: no candidate still open is named. */
export type DealtBatch<B> = { readonly to: number | null; readonly papers: bigint; readonly batch: B }

/** Papers that can be dealt out again and again. `open` is true for continuing candidates. Targets come in nomination order, nobody last. */
export type BatchPapers<B> = {
  readonly first: (open: readonly boolean[]) => readonly DealtBatch<B>[]
  readonly deal: (batch: B, open: readonly boolean[]) => readonly DealtBatch<B>[]
  readonly joined: (batches: readonly B[]) => B
}

/** Paper by paper. */
export function literalBatches({ candidates, papers, withdrawn }: Profile): BatchPapers<readonly Sheet[]> {
  const deal = (batch: readonly Sheet[], open: readonly boolean[]): readonly DealtBatch<readonly Sheet[]>[] => {
    const targetOf = ({ preferences }: Sheet): number | null => preferences.find((c) => open[c] === true) ?? null
    return [...candidates.keys(), null].flatMap((to) => {
      const sheets = batch.filter((sheet) => targetOf(sheet) === to)
      return sheets.length === 0 ? [] : [{ to, papers: sheets.reduce((sum, { weight }) => sum + weight, 0n), batch: sheets }]
    })
  }
  const { sheets, invalid } = sheetsOf(papers, withdrawn)
  const blank = invalid === 0 ? [] : [{ weight: BigInt(invalid), preferences: [] }]
  return { first: (open) => deal([...sheets, ...blank], open), deal, joined: (batches) => batches.flat() }
}

/** Typed arrays: see piles.ts. */
export function fastBatches(profile: PackedProfile): BatchPapers<Int32Array> {
  const dealer = new Dealer(plainPapers(profile), profile.candidates.length)
  const flags = (open: readonly boolean[]): Uint8Array => Uint8Array.from(open, Number)
  const batches = (dealt: ReturnType<Dealer['deal']>): readonly DealtBatch<Int32Array>[] =>
    dealt.map(({ to, rows, papers }) => ({ to, papers: BigInt(papers), batch: rows }))
  return {
    first: (open) => batches(dealer.dealAll(flags(open))),
    deal: (batch, open) => batches(dealer.deal(batch, flags(open))),
    joined,
  }
}
