import { fail, ok, type Result } from '@quorate/kernel'
import { readFields } from './fields.ts'
import { readEvidence, readTerms, type RecordEvidence, type RecordTerms } from './record-evidence.ts'

/** One message of the ceremony as a trustee posted it. */
export type StepMessage = { readonly step: 1 | 2 | 3; readonly index: number; readonly message: string }

/** Where a key ceremony stands. */
export type CeremonyView = {
  readonly group: string
  readonly threshold: number
  readonly size: number
  readonly names: readonly string[]
  /** 1-based place of the person signed in, or null. */
  readonly you: number | null
  readonly steps: readonly StepMessage[]
  /** Exact text of the trustees file, once complete. */
  readonly trustees: string | null
  /** Words for the head of the page, where the server gives them. */
  readonly title: string | null
  readonly movement: string | null
  /** Places of the trustees who have shuffled, and how many must; none where only totals are opened. */
  readonly shuffled: readonly number[]
  readonly shufflesNeeded: number
  /** The shuffle that the server is checking, by its trustee's place: elements read, of how many. Null where none is. */
  readonly checking: { readonly place: number; readonly done: number; readonly all: number } | null
  /** Places of the trustees who have opened the box, where the server gives them. */
  readonly opened: readonly number[]
  /** The public record as it stands, for the key to begin from. */
  readonly record: RecordTerms | null
}

const stepOf = (n: number): 1 | 2 | 3 | null => (n === 1 || n === 2 || n === 3 ? n : null)

/** Reads where a ceremony stands. */
export function parseCeremony(value: unknown): Result<CeremonyView, string> {
  const read = readFields(value, (f) => ({
    group: f.text('group'),
    threshold: f.integer('threshold'),
    size: f.integer('size'),
    names: f.texts('names'),
    you: f.has('you') ? f.integer('you') : null,
    steps: f.list('steps', (s) => ({ step: stepOf(s.integer('step')), index: s.integer('index'), message: s.text('message') })),
    trustees: f.textOrNull('trustees'),
    title: f.textOrNull('title'),
    movement: f.textOrNull('movement'),
    shuffled: f.has('shuffled') ? f.integers('shuffled') : [],
    shufflesNeeded: f.has('shufflesNeeded') ? f.integer('shufflesNeeded') : 0,
    checking: f.has('checking')
      ? f.objectOrNull('checking', (c) => ({ place: c.integer('place'), done: c.integer('done'), all: c.integer('all') }))
      : null,
    opened: f.has('opened') ? f.integers('opened') : [],
    record: f.objectOrNull('record', readTerms),
  }))
  if (read.kind === 'fail') return read
  const steps = read.value.steps.flatMap(({ step, ...rest }): StepMessage[] => (step === null ? [] : [{ step, ...rest }]))
  return steps.length === read.value.steps.length ? ok({ ...read.value, steps }) : fail('steps')
}

/** One ballot of the public box: its exact text, its cast statement, where it stands on the record. */
export type BoxBallot = { readonly text: string; readonly statement: unknown; readonly index: number; readonly at: number }

/** The whole public box of an election. */
export type PublicBox = {
  readonly election: string
  readonly trustees: string
  readonly credentials: readonly string[]
  readonly ballots: readonly BoxBallot[]
  readonly closed: boolean
  readonly encryptedTally: { readonly text: string; readonly tallied: number; readonly hash: string } | null
  /** The shuffles of its papers, in order; none where only totals are opened. */
  readonly shuffles: readonly { readonly owner: number; readonly text: string }[]
  readonly openings: readonly { readonly owner: number }[]
  /** What the public record says of all this, once the box has closed. */
  readonly record: RecordEvidence | null
}

/** Reads the whole box. What is in it is judged ballot by ballot. */
export const parseBox = (value: unknown): Result<PublicBox, string> =>
  readFields(value, (f) => ({
    election: f.text('election'),
    trustees: f.text('trustees'),
    credentials: f.texts('credentials'),
    ballots: f.list('ballots', (b) => ({
      text: b.text('text'),
      statement: b.raw('statement'),
      index: b.integer('index'),
      at: b.integer('at'),
    })),
    closed: f.flag('closed'),
    encryptedTally: f.objectOrNull('encryptedTally', (t) => ({
      text: t.text('text'),
      tallied: t.integer('tallied'),
      hash: t.text('hash'),
    })),
    shuffles: f.has('shuffles') ? f.list('shuffles', (s) => ({ owner: s.integer('owner'), text: s.text('text') })) : [],
    openings: f.list('openings', (o) => ({ owner: o.integer('owner') })),
    record: f.objectOrNull('record', readEvidence),
  }))

/** What the server says to an opening. */
export const parseOpened = (value: unknown): Result<{ readonly opened: number; readonly needed: number }, string> =>
  readFields(value, (f) => ({ opened: f.integer('opened'), needed: f.integer('needed') }))

/** What the server says to a shuffle. */
export const parseShuffled = (value: unknown): Result<{ readonly shuffled: number; readonly needed: number }, string> =>
  readFields(value, (f) => ({ shuffled: f.integer('shuffled'), needed: f.integer('needed') }))
