import { fail, type Result } from '@quorate/kernel'
import {
  clauseNumber,
  fields,
  id,
  list,
  phrase,
  phrases,
  plain,
  ordinal,
  table,
  timeOfDay,
  word,
  yesNo,
  type Codec,
  type TypeOf,
} from '../codec.ts'
import { actors, condition, duration, moment, threshold } from '../codec-expressions.ts'
import type { Fault } from '../diagnostic.ts'
import type { Tree } from '../tree.ts'
import { channel, method, powerName } from './foundations.ts'

/** Keys every stage may have. `then`: outcome → stage, `fallen` or `end`. */
const common = { do: id, with: id, after: id, then: table(id), 'skip-if': actors }
const stage = <
  const R extends { readonly [key: string]: Codec<unknown> },
  const O extends { readonly [key: string]: Codec<unknown> },
>(
  r: R,
  o: O,
) => fields(r, { ...common, ...o })

const propose = stage({ by: actors }, { form: word('diff', 'text', 'topics'), due: moment, when: moment })
const support = stage(
  {
    signers: phrase('electorate <electorate>', { electorate: id }),
    need: threshold,
    window: duration,
    lapsed: word('count', 'do not count'),
  },
  { withdraw: word('until met', 'until close', 'no') },
)
/** A reason for which a proposal may be stopped, such as `not-a-rule-change` or `breaks 5.1`. */
const ground = phrases(phrase('breaks <clause>', { clause: clauseNumber }), phrase('<ground>', { ground: id }))
const check = stage(
  { by: actors, grounds: list(ground, 1), within: duration, timeout: word('passed', 'refused') },
  { appeal: id },
)
const notify = stage(
  {
    to: phrases(
      phrase('electorate <electorate> of this group', { electorate: id }),
      phrase('electorate <electorate>', { electorate: id }),
    ),
    clear: duration,
  },
  { text: word('final', 'statements of all'), service: id },
)
const debate = stage({ lasts: duration }, {})
const consider = stage(
  { body: id, within: duration, timeout: word('agreed', 'refused', 'fallen') },
  { outcomes: table(id, word('agreed', 'refused', 'amended')), appeal: id },
)
const nominate = stage(
  { candidates: word('every eligible person who asks'), window: duration },
  {
    signers: phrase('electorate <electorate>', { electorate: id }),
    need: threshold,
    statement: word('by close', 'none'),
    withdraw: word('until close', 'no'),
    uncontested: word('ballot with none-of-these', 'elected without a ballot'),
    'too-few': word('re-open', 'leave empty'),
  },
)
const freeze = stage({ electorate: id, at: id }, { provisional: word('those with an appeal open or still open to them') })
const timetable = fields(
  {
    by: actors,
    within: duration,
    timeout: phrase('opens at <time> on the <day> day', { time: timeOfDay, day: ordinal }),
  },
  {},
)
const lateQuorum = fields({ 'if-met-in-last': duration, extend: duration, once: yesNo }, {})
const ballot = stage(
  {
    roll: id,
    secret: yesNo,
    method,
    timetable,
    period: duration,
    pass: list(condition, 1),
    tie: word('falls', 'carried', 'lot in public', 'casting vote'),
  },
  {
    question: word('motion', 'options', 'candidates', 'drafts', 'budget'),
    options: word('candidates', 'drafts', 'listed'),
    'none-of-these': yesNo,
    abstain: word('not cast', 'cast'),
    opens: list(phrase('after <stage>', { stage: id }), 1),
    queue: word('those waiting may finish'),
    channels: list(channel, 1),
    'late-quorum': lateQuorum,
  },
)
const certify = stage(
  { by: actors, within: duration, timeout: phrases(phrase('certified', {}), phrase('<office> certifies', { office: id })) },
  {},
)
const challenge = stage(
  {
    by: actors,
    to: id,
    within: duration,
    grounds: list(id, 1),
    'decide-within': duration,
    timeout: word('dismissed', 'upheld'),
    stay: yesNo,
  },
  {},
)
const delay = stage({ lasts: duration }, {})
const enact = stage(
  { effect: powerName, at: phrase('end of <stage>', { stage: id }) },
  { merge: word('refuse if a touched clause changed', 'rebase') },
)

const kinds = { propose, support, check, notify, debate, consider, nominate, freeze, ballot, certify, challenge, delay, enact }
type Kinds = typeof kinds
/** The kinds of stage. */
export type StageKind = keyof Kinds
/** A stage of a procedure: its id, what it does, and the fields of that kind. */
export type Stage = {
  readonly [K in StageKind]: { readonly id: string } & Omit<TypeOf<Kinds[K]>, 'do'> & { readonly do: K }
}[StageKind]
/** A stage of one kind. */
export type StageOf<K extends StageKind> = Extract<Stage, { readonly do: K }>

const isKind = (name: string): name is StageKind => Object.hasOwn(kinds, name)

/** The stages in order; each read by the codec of its kind (`do`, default its own id). */
const stages: Codec<readonly Stage[]> = {
  read: (tree) => {
    if (tree.kind !== 'map') return fail({ code: 'R0304', at: tree.at, text: '', help: 'a map of stages' })
    const out: Stage[] = []
    for (const entry of tree.entries) {
      const read = readStage(entry.key, entry.value)
      if (read.kind === 'fail') return read
      out.push(read.value)
    }
    return out.length === 0
      ? fail({ code: 'R0303', at: tree.at, text: '', help: 'at least one stage' })
      : { kind: 'ok', value: out }
  },
  write: (values) =>
    Object.fromEntries(
      values.map((s) => [s.id, (kinds[s.do] as Codec<unknown>).write({ ...s, do: s.do === s.id ? null : s.do })]),
    ),
}

function readStage(key: string, tree: Tree): Result<Stage, Fault> {
  const named = id.read({ kind: 'text', text: key, at: tree.at })
  if (named.kind === 'fail') return named
  const own = tree.kind === 'map' ? tree.entries.find((e) => e.key === 'do')?.value : undefined
  const kind = own?.kind === 'text' ? own.text : key
  if (!isKind(kind))
    return fail({
      code: 'R0305',
      at: own?.at ?? tree.at,
      text: kind,
      help: `a stage does one of: ${Object.keys(kinds).join(', ')}`,
    })
  const read = (kinds[kind] as Codec<{ readonly do: unknown }>).read(tree)
  if (read.kind === 'fail') return read
  // The codec of `kind` read the fields; with its id and kind they are exactly that member of the union.
  return { kind: 'ok', value: { ...read.value, id: key, do: kind } as unknown as Stage }
}

/** How a decision runs. */
export const procedure = fields({ id, stages }, {})

/** A ground as it stands in a block and in an act. */
export const groundText = (value: TypeOf<typeof ground>): string => plain(ground.write(value))
