import type { JsonObject } from '@quorate/kernel'
import { decimalText } from '../arithmetic.ts'
import { isShown, standings, tableOrder, whyNotElected, type Standing } from './outcome.ts'
import type { Contest } from '../papers/profile.ts'
import type { Iteration, StageAct, StvCount, Transfer } from '../trace.ts'
import type { CountWords } from '../words/words.ts'

/** One row of the published table: a decimal per stage, null where the candidate was no longer in the count. */
export type TableRow = {
  readonly candidate: number
  readonly name: string
  readonly standing: Standing
  readonly cells: readonly (string | null)[]
}

/** The published table. `quotas` has the quota in force at the end of each stage, `quota` the last. `nonTransferable` includes what truncation lost, as the official tables have it, so that each column adds up. */
export type StageTable = {
  readonly quota: string
  readonly quotas: readonly string[]
  readonly rows: readonly TableRow[]
  readonly nonTransferable: readonly string[]
  readonly total: string
}

/** The stage table of a count: the elected first, then the others by how long they stayed in. */
export function stageTable(count: StvCount, profile: Contest): StageTable {
  const ends = standings(count, profile.withdrawn)
  const rows = tableOrder(count, profile.withdrawn).map((candidate): TableRow => {
    const standing = ends[candidate] ?? { kind: 'withdrawn' }
    const cells = count.stages.map((stage) =>
      isShown(standing, stage, candidate) ? decimalText(stage.totals[candidate] ?? 0n, count.places) : null,
    )
    return { candidate, name: profile.candidates[candidate] ?? '', standing, cells }
  })
  return {
    quota: decimalText(count.quota, count.places),
    quotas: count.stages.map(({ quota }) => decimalText(quota, count.places)),
    rows,
    nonTransferable: count.stages.map(({ nonTransferable, lost }) => decimalText(nonTransferable + lost, count.places)),
    total: `${count.valid}.${'0'.repeat(count.places)}`,
  }
}

/** A text for one cell of a CSV file (RFC 4180), led by an apostrophe where a spreadsheet would take it for a formula. */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The count as CSV: one row per stage and candidate, then rows for the quota where the rule moves it, non-transferable, lost to truncation, and the total. */
export function stagesCsv(count: StvCount, profile: Contest): string {
  const ends = standings(count, profile.withdrawn)
  const lines = ['stage,row,candidate,name,votes,status']
  for (const stage of count.stages) {
    for (const [c, name] of profile.candidates.entries()) {
      const votes = decimalText(stage.totals[c] ?? 0n, count.places)
      lines.push([`${stage.number}`, 'candidate', `${c + 1}`, csvCell(name), votes, statusAt(ends[c], stage.number)].join())
    }
    const rest = [
      ['non-transferable', stage.nonTransferable],
      ['lost to truncation', stage.lost],
      ['total', stage.totals.reduce((sum, votes) => sum + votes, stage.nonTransferable + stage.lost)],
    ] as const
    if (count.method !== 'scottish-stv@1') lines.push(`${stage.number},quota,,,${decimalText(stage.quota, count.places)},`)
    for (const [row, votes] of rest) lines.push(`${stage.number},${row},,,${decimalText(votes, count.places)},`)
  }
  return `${lines.join('\r\n')}\r\n`
}

function statusAt(end: Standing | undefined, stage: number): string {
  if (end === undefined || end.kind === 'withdrawn') return 'withdrawn'
  return end.kind === 'not reached' || stage < end.stage ? 'continuing' : end.kind
}

/**
 * The count as JSON, with everything in it: votes are decimal texts, candidates are numbered from 1 as in the ballot file. With `words`,
 * each stage also carries its sentence and each candidate who lost the reason.
 */
export function stagesJson(count: StvCount, profile: Contest, words: CountWords | null): JsonObject {
  const votes = (v: bigint): string => decimalText(v, count.places)
  const ends = standings(count, profile.withdrawn)
  const why = (c: number): JsonObject => {
    const reason = words === null ? null : whyNotElected(count, c, profile.withdrawn)
    return words === null || reason === null ? {} : { whyNot: words.notElected(reason, count, profile.candidates) }
  }
  return {
    method: count.method,
    params: count.params,
    title: profile.title,
    profileHash: count.profileHash,
    seats: count.seats,
    valid: count.valid,
    invalid: count.invalid,
    quota: votes(count.quota),
    elected: count.elected.map((c) => c + 1),
    unfilled: count.unfilled,
    candidates: profile.candidates.map((name, c) => {
      const end = ends[c] ?? { kind: 'withdrawn' }
      return { number: c + 1, name, end: end.kind, ...(end.kind === 'withdrawn' ? {} : { stage: end.stage }), ...why(c) }
    }),
    lotOrder: count.lotOrder === null ? null : count.lotOrder.map((c) => c + 1),
    lots: count.lots.map((lot) => ({ ...lot, tied: lot.tied.map((c) => c + 1), chosen: lot.chosen + 1 })),
    stages: count.stages.map((stage) => ({
      number: stage.number,
      acts: stage.acts.map((act) => actJson(act, votes)),
      transfers: stage.transfers.map((transfer) => transferJson(transfer, votes)),
      ...(stage.iterations.length === 0 ? {} : { iterations: stage.iterations.map((it) => iterationJson(it, votes)) }),
      totals: stage.totals.map(votes),
      nonTransferable: votes(stage.nonTransferable),
      lost: votes(stage.lost),
      quota: votes(stage.quota),
      ...(words === null ? {} : { sentence: words.stage(count, stage.number, profile.candidates) }),
    })),
  }
}

function actJson(act: StageAct, votes: (v: bigint) => string): JsonObject {
  const head = { clause: act.clause, kind: act.kind }
  switch (act.kind) {
    case 'first-preferences':
      return { ...head, valid: act.valid, invalid: act.invalid }
    case 'quota':
      return { ...head, valid: act.valid, seats: act.seats, quota: votes(act.quota) }
    case 'new-quota':
      return { ...head, active: votes(act.active), seats: act.seats, quota: votes(act.quota) }
    case 'defer': {
      const [candidates, lowest] = [act.candidates.map((c) => c + 1), act.lowest.map((c) => c + 1)]
      return { ...head, candidates, surplus: votes(act.surplus), lowest, next: votes(act.next) }
    }
    case 'iterate':
      return { ...head, first: act.first, last: act.last, surplus: votes(act.surplus), ended: act.ended }
    case 'surplus':
      return {
        ...head,
        candidate: act.candidate + 1,
        total: votes(act.total),
        surplus: votes(act.surplus),
        waiting: act.waiting.map((c) => c + 1),
      }
    case 'tie': {
      const steps = act.steps.map((s) => ({ stage: s.stage, among: s.among.map((c) => c + 1), left: s.left.map((c) => c + 1) }))
      return {
        ...head,
        purpose: act.purpose,
        tied: act.tied.map((c) => c + 1),
        total: votes(act.total),
        steps,
        chosen: act.chosen + 1,
        byLot: act.byLot,
        ...(act.numbers === null ? {} : { numbers: act.numbers }),
      }
    }
    case 'elect':
      return { ...head, candidate: act.candidate + 1, total: votes(act.total), needed: votes(act.needed) }
    case 'exclude':
    case 'fill':
      return { ...head, candidate: act.candidate + 1, total: votes(act.total) }
    case 'doom':
    case 'guard':
      return {
        ...head,
        candidate: act.candidate + 1,
        total: votes(act.total),
        certificate: { ...act.certificate, candidate: act.candidate + 1 },
      }
  }
}

function transferJson(transfer: Transfer, votes: (v: bigint) => string): JsonObject {
  const { from, surplus, total, parcels, lost } = transfer
  return {
    from: from + 1,
    surplus: surplus === null ? null : votes(surplus),
    total: votes(total),
    lost: votes(lost),
    parcels: parcels.map((p) => ({
      to: p.to === null ? null : p.to + 1,
      papers: p.papers,
      received: votes(p.received),
      value: votes(p.value),
      amount: votes(p.amount),
    })),
  }
}

function iterationJson(iteration: Iteration, votes: (v: bigint) => string): JsonObject {
  const { number, keep, totals, nonTransferable, quota, surplus } = iteration
  return {
    number,
    keep: keep.map(votes),
    totals: totals.map(votes),
    nonTransferable: votes(nonTransferable),
    quota: votes(quota),
    surplus: votes(surplus),
  }
}
