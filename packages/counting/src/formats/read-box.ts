// Any ballot file to a box, by its form and by what the method counts. Faults come as places with what is wrong there, in the words of
// whoever reads them.
import { fail, ok, type Result } from '@quorate/kernel'
import { parsePb } from '../budget/pabulib.ts'
import type { BudgetProfile } from '../budget/projects.ts'
import type { ApprovalProfile } from '../committee/approvals.ts'
import type { GradeProfile } from '../grades/grades.ts'
import type { Box } from '../methods/box.ts'
import { packProfile } from '../papers/packed.ts'
import type { Profile, Repeats } from '../papers/profile.ts'
import { bltBoxReader } from './blt-box.ts'
import { parseBallotCsv } from './ballot-csv.ts'
import type { BoxReader, ReadAs, ReadFault } from './box-reader.ts'
import { parseAbc } from './abc-yaml.ts'
import { parseCvr } from './cvr.ts'
import { parseGradesCsv } from './grades-csv.ts'
import { parsePreflib } from './preflib.ts'
import { isWardCsv, parseWardCsv } from './ward-csv.ts'

/** A fresh reader. Total: any bytes give a box or faults, never an exception. */
export function boxReader(as: ReadAs): BoxReader {
  if (as.format === 'blt') return bltBoxReader(as.seats, as.repeats)
  const pieces: Uint8Array[] = []
  return {
    push: (bytes) => void pieces.push(bytes.slice()),
    end: () => {
      const read = readWhole(joined(pieces), as)
      return read.kind === 'ok' ? ok({ box: read.value, tieOrder: null, findings: [] }) : fail([read.error])
    },
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

const notAnElection = (what: string): Result<never, ReadFault> => fail({ format: 'any', fault: { kind: 'bad profile', what } })
const ranked = (profile: Profile): Result<Box, ReadFault> => ok({ kind: 'rankings', profile: packProfile(profile) })

function readWhole(
  bytes: Uint8Array,
  { format, wants, seats, contest, scale, repeats, writeIns }: ReadAs,
): Result<Box, ReadFault> {
  switch (format) {
    case 'blt':
      throw new RangeError('BLT is read as it comes')
    case 'preflib': {
      const read = parsePreflib(bytes, seats ?? 1)
      if (read.kind === 'ok') return wants === 'approvals' && isCategories(bytes) ? firstApproved(read.value) : ranked(read.value)
      return read.error.kind === 'bad profile' ? notAnElection(read.error.fault.kind) : fail({ format, fault: read.error })
    }
    case 'cvr': {
      const read = parseCvr(bytes, seats ?? 1, contest, repeats, writeIns)
      if (read.kind === 'ok') return ranked(read.value)
      return read.error.kind === 'bad profile' ? notAnElection(read.error.fault.kind) : fail({ format, fault: read.error })
    }
    case 'csv':
      return wants === 'grades' ? gradesFrom(bytes, seats ?? 1, scale) : rankingsFrom(bytes, seats, repeats)
    case 'abc': {
      const read = parseAbc(bytes, seats)
      if (read.kind === 'ok') return ok({ kind: 'approvals', profile: read.value })
      return read.error.kind === 'bad profile' ? notAnElection(read.error.fault.kind) : fail({ format, fault: read.error })
    }
    case 'pb': {
      const read = parsePb(bytes)
      if (read.kind === 'fail') return fail({ format, fault: read.error })
      const { profile, places, voteType } = read.value
      return wants === 'approvals' && voteType === 'approval'
        ? ok({ kind: 'approvals', profile: approvalsFrom(profile, seats ?? 1) })
        : ok({ kind: 'budget', profile, places })
    }
  }
}

/** Whether a file of PrefLib has categories: the first of them is then who is approved. */
const isCategories = (bytes: Uint8Array): boolean => /^#\s*NUMBER CATEGORIES\s*:/im.test(new TextDecoder().decode(bytes))

const firstApproved = ({ title, candidates, seats, papers }: Profile): Result<Box, ReadFault> => {
  const approved = papers.map(({ weight, ranking: [first] }) => ({
    weight,
    approved: first === undefined ? [] : typeof first === 'number' ? [first] : first,
  }))
  return ok({ kind: 'approvals', profile: { title, candidates, seats, papers: approved } })
}

/** Approvals of projects, for a committee of them whatever they cost. */
const approvalsFrom = ({ title, projects, papers }: BudgetProfile, seats: number): ApprovalProfile => ({
  title,
  candidates: projects.map(({ id, name }) => (name === '' ? id : name)),
  seats,
  papers: papers.map(({ weight, points }) => ({ weight, approved: points.flatMap(([p, n]) => (n > 0 ? [p] : [])) })),
})

function rankingsFrom(bytes: Uint8Array, seats: number | null, repeats?: Repeats): Result<Box, ReadFault> {
  const read = isWardCsv(bytes) ? parseWardCsv(bytes, seats) : parseBallotCsv(bytes, seats ?? 1, repeats)
  if (read.kind === 'ok') return ranked(read.value)
  return read.error.kind === 'bad profile' ? notAnElection(read.error.fault.kind) : fail({ format: 'csv', fault: read.error })
}

function gradesFrom(bytes: Uint8Array, seats: number, scale: GradeProfile['scale'] | null): Result<Box, ReadFault> {
  if (scale === null) return fail({ format: 'any', fault: { kind: 'no scale' } })
  const read = parseGradesCsv(bytes, seats, scale)
  if (read.kind === 'ok') return ok({ kind: 'grades', profile: read.value })
  return read.error.kind === 'bad profile' ? notAnElection(read.error.fault.kind) : fail({ format: 'csv', fault: read.error })
}
