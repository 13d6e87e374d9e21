// The certificate of a count: everything a stranger with the papers in hand needs to follow it stage by stage, in one canonical text. The
// format is docs/spec/count-certificate.md; who checks one shares no code with this package.
import { canonicalJson, toHex, type Json, type JsonObject } from '@quorate/kernel'
import { decimalText } from '../arithmetic.ts'
import { witnessesOf } from '../constrained/witnesses.ts'
import type { Contest } from '../papers/profile.ts'
import type { Iteration, Parcel, Stage, StageAct, StvCount, Transfer, Votes } from '../trace.ts'

/** Name and version of the format. */
const format = 'quorate/count-certificate/v1'

/**
 * The certificate of a transferable vote as canonical JSON. `contest` is what was counted; its papers are not in the certificate. `lotSeed`:
 * the 32 bytes from which the lot order was drawn (`lotOrder`), or null when the order came another way or there is none.
 */
export function certificateOf(count: StvCount, contest: Contest, lotSeed: Uint8Array | null): string {
  const { constraints: _counted, ...params } = count.params // They stand under `constraints`.
  const { method, profileHash, places, seats, valid, invalid, stages, elected, unfilled, lotOrder } = count
  return canonicalJson({
    format,
    method,
    params,
    candidates: contest.candidates,
    withdrawn: contest.withdrawn,
    seats,
    constraints: boundsJson(count, contest),
    profileHash,
    valid,
    invalid,
    places,
    lot: lotOrder === null ? null : { order: lotOrder, seed: lotSeed === null ? null : toHex(lotSeed) },
    stages: stages.map((stage) => stageJson(stage, count)),
    elected,
    unfilled,
    quota: decimalText(count.quota, places),
  })
}

/** The bounds, that they could be kept, and for every moment of the count numbers that show who was neither doomed nor guarded. */
function boundsJson(count: StvCount, contest: Contest): Json {
  if (count.bounds === null) return null
  const { constraints, elsewhere, feasible } = count.bounds
  const groups = constraints.map(({ name, clause, least, most, members }) => ({ name, clause, least, most, members }))
  return { groups, elsewhere, feasible, witnesses: witnessesOf(count, contest) }
}

/** What was done and how the books stood at the end. Of the figures an act rests on, those that stand elsewhere in the stage are left out. */
function stageJson({ acts, transfers, iterations, totals, nonTransferable, lost, quota }: Stage, count: StvCount): JsonObject {
  const votes = (amount: Votes): string => decimalText(amount, count.places)
  const isMeek = count.method === 'nz-meek@1' || count.method === 'meek-reference@1'
  return {
    acts: acts.map((act) => actJson(act, votes)),
    ...(isMeek
      ? { iterations: iterations.map((iteration) => iterationJson(iteration, votes)) }
      : { transfers: transfers.map((transfer) => transferJson(transfer, count, votes)) }),
    totals: totals.map(votes),
    nonTransferable: votes(nonTransferable),
    lost: votes(lost),
    quota: votes(quota),
  }
}

type Print = (amount: Votes) => string

function actJson(act: StageAct, votes: Print): JsonObject {
  const { kind, clause } = act
  switch (act.kind) {
    case 'first-preferences':
    case 'defer':
      return { kind, clause }
    case 'quota':
    case 'new-quota':
      return { kind, clause, quota: votes(act.quota) }
    case 'iterate':
      return { kind, clause, ended: act.ended }
    case 'tie': {
      const { tied, steps, chosen, byLot, numbers } = act
      return { kind, clause, tied, steps, chosen, byLot, numbers }
    }
    case 'surplus':
    case 'exclude':
    case 'elect':
    case 'fill':
      return { kind, clause, candidate: act.candidate }
    case 'doom':
    case 'guard':
      return { kind, clause, candidate: act.candidate, certificate: act.certificate }
  }
}

const iterationJson = ({ keep, totals, nonTransferable, quota, surplus }: Iteration, votes: Print): JsonObject => ({
  keep: keep.map(votes),
  totals: totals.map(votes),
  nonTransferable: votes(nonTransferable),
  quota: votes(quota),
  surplus: votes(surplus),
})

/** Papers from one candidate: for each value at which they had come, the new value, what it was divided from, and where they went. */
function transferJson(transfer: Transfer, count: StvCount, votes: Print): JsonObject {
  const { from, lost, parcels } = transfer
  const received = [...new Set(parcels.map((parcel) => parcel.received))].sort((a, b) => (a > b ? -1 : 1))
  return {
    from,
    lost: votes(lost),
    values: received.map((value) => {
      const moved = parcels.filter((parcel) => parcel.received === value)
      return {
        received: votes(value),
        ...dividedFrom(transfer, moved, count),
        value: votes(moved[0]?.value ?? 0n),
        to: moved.map(({ to, papers, amount }) => ({ to, papers, amount: votes(amount) })),
      }
    }),
  }
}

/**
 * A and B of a transfer value: it is A ÷ B cut to the places of the count. Null where papers pass on at the value they had. A has twice the
 * places where it is a product.
 */
function dividedFrom({ surplus, total }: Transfer, moved: readonly Parcel[], { method, places }: StvCount): JsonObject {
  const [first] = moved
  if (surplus === null || first === undefined) return { a: null, b: null }
  // Scottish rule 48(3): A is surplus × value when received, B the votes credited.
  if (method === 'scottish-stv@1') return { a: decimalText(surplus * first.received, 2 * places), b: decimalText(total, places) }
  // ERS97 5.3.7: the surplus, and the transferable papers. Papers worth no more than the surplus pass on as they are.
  if (first.value === first.received) return { a: null, b: null }
  return { a: decimalText(surplus, places), b: String(moved.reduce((sum, { papers }) => sum + papers, 0)) }
}
