import { fail, type Result } from '@quorate/kernel'
import {
  anchorRef,
  clauseNumber,
  id,
  integer,
  list,
  oneOrMore,
  ordinal,
  ref,
  seatRef,
  stageRef,
  table,
  target,
  timeOfDay,
  word,
  yesNo,
  type Codec,
  type TypeOf,
} from '../language/codec.ts'
import { fields } from '../language/codec-fields.ts'
import { actors, condition, duration, moment, threshold, who } from '../language/codec-expressions.ts'
import { phrase, phrases, plain } from '../language/codec-phrase.ts'
import type { Fault } from '../language/diagnostic.ts'
import type { Tree } from '../language/tree.ts'
import { counting, method } from './counting.ts'
import { powerName } from './powers.ts'
import { channel, incompatible, mandate } from './shared.ts'

const begins = phrases(phrase('fact <fact>', { fact: ref('fact') }), phrase('<moment>', { moment }))

/** Keys every stage may have. `then`: outcome → stage, `fallen` or `end`. */
const common = {
  do: id,
  with: stageRef,
  after: stageRef,
  then: table(target),
  when: begins,
  'skip-if': actors,
  'at-most': phrase('<times> times', { times: integer }),
}
type Codecs = { readonly [key: string]: Codec<unknown> }
const stage = <const R extends Codecs, const O extends Codecs>(
  r: R,
  o: O,
  ...either: readonly (readonly [keyof O & string, keyof O & string])[]
) => fields(r, { ...common, ...o }, ...either)

const tie = word('falls', 'carried', 'casting vote', 'lot in public', 'countback')
const electorateOf = phrases(
  phrase('electorate <electorate> of own district', { electorate: ref('electorate') }),
  phrase('electorate <electorate> of this group', { electorate: ref('electorate') }),
  phrase('electorate <electorate>', { electorate: ref('electorate') }),
)

const propose = stage({ by: actors }, { form: word('diff', 'text', 'topics', 'counter-proposal'), due: moment })
const support = stage(
  {
    signers: phrase('electorate <electorate>', { electorate: ref('electorate') }),
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
  { appeal: ref('appeal') },
)
const notify = stage(
  {
    to: phrases(
      phrase('electorate <electorate> of this group', { electorate: ref('electorate') }),
      phrase('electorate <electorate>', { electorate: ref('electorate') }),
    ),
  },
  { clear: duration, due: moment, text: word('final', 'statements of all', 'agenda'), by: actors, service: ref('service') },
  ['clear', 'due'],
)
const amendments = fields(
  { by: actors, due: moment, collision: word('later falls', 'each is voted on', 'as ruled') },
  {
    need: threshold,
    order: word('as received', 'furthest first', 'as ruled'),
    composite: word('with consent of each mover', 'as ruled', 'no'),
    'ruled-by': actors,
  },
)
const debate = stage({ lasts: duration }, { amendments })
const consider = stage(
  { body: ref('body'), within: duration, timeout: word('agreed', 'refused', 'fallen') },
  {
    meeting: ref('meeting'),
    at: word('next meeting'),
    pass: list(condition, 1),
    outcomes: table(target, word('agreed', 'refused', 'amended')),
    'refused-when': word('the motion to agree fails', 'a motion to refuse passes'),
    mandate,
    appeal: ref('appeal'),
  },
)
const meeting = stage(
  {
    body: ref('body'),
    within: duration,
    pass: list(condition, 1),
    tie,
    timeout: word('agreed', 'refused', 'fallen', 'signers may call it'),
  },
  {
    'called-by': actors,
    signers: integer,
    notice: duration,
    scope: word('what was proposed', 'first agenda', 'any business'),
    quorum: word('applies', 'does not apply'),
    adjourned: word('decides', 'does not decide'),
    abstain: word('not cast', 'cast'),
  },
)
const nominate = stage(
  { candidates: phrases(phrase('every eligible person who asks', {}), phrase('<who>', { who })) },
  {
    window: duration,
    closes: moment,
    signers: electorateOf,
    need: threshold,
    spread: fields({ 'at-least': integer, groups: integer, of: ref('body') }, {}),
    statement: word('by close', 'by opening', 'none'),
    withdraw: word('until close', 'until opening', 'no'),
    uncontested: word('ballot with none-of-these', 'elected without a ballot'),
    'too-few': word('re-open', 'leave empty', 'co-opt'),
  },
  ['window', 'closes'],
)
const hustings = stage({ 'offered-to': word('all candidates'), by: actors, within: duration }, {})
const freeze = stage(
  { electorate: ref('electorate'), at: stageRef },
  { provisional: word('those with an appeal open or still open to them') },
)
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
    roll: stageRef,
    secret: yesNo,
    method,
    timetable,
    pass: list(condition, 1),
    tie,
  },
  {
    period: duration,
    closes: moment,
    question: word('motion', 'options', 'candidates', 'drafts', 'budget'),
    counting,
    options: word('candidates', 'drafts', 'listed'),
    'none-of-these': yesNo,
    abstain: word('not cast', 'cast'),
    weight: phrases(
      phrase('people', {}),
      phrase('bodies <body>', { body: ref('body') }),
      phrase('attribute <attribute>', { attribute: ref('attribute') }),
    ),
    opens: list(phrase('after <stage>', { stage: stageRef }), 1),
    queue: word('those waiting may finish', 'closes at the instant'),
    channels: list(channel, 1),
    paper: phrases(phrase('on request by <moment>', { moment }), phrase('to everyone', {}), phrase('none', {})),
    'late-quorum': lateQuorum,
    incompatible,
  },
  ['period', 'closes'],
)
const certify = stage(
  {
    by: actors,
    within: duration,
    timeout: phrases(phrase('certified', {}), phrase('<office> certifies', { office: ref('office', 'superior') })),
  },
  { objections: fields({ by: actors, to: ref('body'), within: duration, timeout: word('dismissed', 'upheld') }, {}) },
)
const challenge = stage(
  {
    by: actors,
    to: ref('body'),
    within: duration,
    grounds: list(id, 1),
    'decide-within': duration,
    timeout: word('dismissed', 'upheld'),
    stay: yesNo,
  },
  {},
)
const delay = stage({ lasts: duration }, {})
/** What an election fills. */
const filled = phrases(
  phrase('seat <seat> of <body>', { seat: seatRef, body: ref('body') }),
  phrase('office <office>', { office: ref('office') }),
)
const enact = stage(
  {
    effect: powerName,
    at: phrases(phrase('end of <stage>', { stage: anchorRef }), phrase('<moment>', { moment })),
  },
  {
    merge: word('refuse if a touched clause changed', 'rebase', 'run-off'),
    fills: oneOrMore(filled),
    named: id,
  },
)

const kinds = {
  propose,
  support,
  check,
  notify,
  debate,
  consider,
  meeting,
  nominate,
  hustings,
  freeze,
  ballot,
  certify,
  challenge,
  delay,
  enact,
}
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
  shape: { kind: 'stages', kinds: Object.fromEntries(Object.entries(kinds).map(([kind, codec]) => [kind, codec.shape])) },
  read: (tree) => {
    if (tree.kind !== 'map') return fail({ code: 'R0304', at: tree.at, text: '', help: 'a map of stages' })
    const out: Stage[] = []
    for (const entry of tree.entries) {
      if (entry.value.kind === 'open') continue
      const read = readStage(entry.key, entry.value)
      if (read.kind === 'fail') return read
      out.push(read.value)
    }
    return tree.entries.length === 0
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
