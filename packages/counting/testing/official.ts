// Official declarations, read where they lie beside the repository; never copied into it. Absent: the tests that need them are skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Profile } from '../src/index.ts'

const shared = process.env['QUORATE_SHARED'] ?? join(import.meta.dirname, '../../../../shared')
const folder = join(shared, 'data/counting')

/** Whether the declarations are there, and what to say when they are not. */
export const present = existsSync(folder)
export const whyAbsent = present ? '' : ` (skipped: no folder ${folder})`
if (!present)
  process.stdout.write(
    `counting: official declarations skipped (1,398 Fife figures, 93 Linn figures, ERS97 files): no folder ${folder}\n`,
  )

/** A ward of Fife, May 2017, with its published figures. Decimals are texts with five places. */
export type Ward = {
  readonly name: string
  readonly profile: Profile
  readonly validPoll: number
  readonly quota: string
  readonly stages: readonly (readonly string[])[]
  readonly elected: readonly (readonly [candidate: number, stage: number])[]
  readonly excluded: readonly (readonly [candidate: number, stage: number])[]
}

type WardFile = {
  ward: string
  seats: number
  candidates: string[]
  ballots: [number, number[]][]
  official: Pick<Ward, 'validPoll' | 'quota' | 'stages' | 'elected' | 'excluded'>
}

export function fifeWards(): readonly Ward[] {
  if (!present) return []
  const fife = join(folder, 'scottish-stv/fife-2017')
  return readdirSync(fife)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const ward = JSON.parse(readFileSync(join(fife, file), 'utf8')) as WardFile
      const papers = ward.ballots.map(([weight, ranking]) => ({ weight, ranking }))
      const candidates = ward.candidates.map((name) => name.trim())
      return {
        name: ward.ward,
        profile: { title: ward.ward, candidates, withdrawn: [], seats: ward.seats, papers },
        ...ward.official,
      }
    })
}

/** Stage report of Glasgow ward 1, Linn, May 2007. */
export type LinnStage = {
  readonly votes: Readonly<Record<string, string | null>>
  readonly non_transferable: string
  readonly elected: readonly string[]
  readonly excluded: readonly string[]
  readonly surplus: string | null
}

export const linnBallots = (): Uint8Array => readFileSync(join(folder, 'scottish-stv/linn-2007/linn07.blt'))
export const linnReport = (): { readonly quota: string; readonly stages: readonly LinnStage[] } =>
  JSON.parse(readFileSync(join(folder, 'scottish-stv/linn-2007/linn07_stages.json'), 'utf8')) as never
export const ers97 = (file: 'ers97.blt' | 'ers97_no_terminal_zero.blt'): Uint8Array => readFileSync(join(folder, 'meek', file))

/** Meek figures for the ERS97 model election as printed by the reference program: per stage the totals in order of the file, then exhausted, quota. */
export function meekReferenceTable(): readonly { readonly stage: number; readonly figures: readonly number[] }[] {
  const rows = readFileSync(join(folder, 'meek/ers97_meek_reference.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  const [head = [], , ...figures] = rows
  return head.flatMap((cell, column) =>
    /^\d+$/.test(cell) ? [{ stage: Number(cell), figures: figures.map((row) => Number(row[column])) }] : [],
  )
}
