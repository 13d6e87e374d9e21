import type { RuleOf } from '../../language/model.ts'
import { amountWords, conditionsWords, durationWords, momentWords, thresholdWords, voteWords, whoWords } from './expressions.ts'
import { group, joined, listed, numbered, when, type Speaker } from './names.ts'
import { countingWords, methodWords } from './methods.ts'
import { powerWords } from './powers.ts'

const setWords = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
} as const

/** Time. */
export const calendarWords = (r: RuleOf<'calendar'>): string =>
  group(
    `All times are those of ${r.zone}`,
    r.holidays.length === 0
      ? 'Working days are Monday to Friday'
      : `Working days are Monday to Friday, without the bank holidays of ${joined(
          r.holidays.map((h) => setWords[h]),
          'and',
        )}`,
    when(r.dayEnds, (t) => `a day ends at ${t}`),
  )

const channelWords = { email: 'e-mail', post: 'post', phone: 'phone', paper: 'paper', site: 'the site' } as const
const channel = (name: string): string =>
  Object.hasOwn(channelWords, name) ? channelWords[name as keyof typeof channelWords] : name

/** Notice. */
export const serviceWords = (r: RuleOf<'service'>, s: Speaker): string =>
  numbered(
    [
      group(`Notice under “${s.term(r.id)}” is served by ${joined(r.channels.map(channel), 'or')}`),
      ...r.deemedReceived.map(({ key, value }) =>
        group(
          `Sent by ${channel(key)}, it counts as received ${value.kind === 'at sending' ? 'when it is sent' : `${durationWords(value.delay)} after it is sent`}`,
        ),
      ),
      when(r.standard, (v) =>
        group(v === 'strict' ? 'Every failure to serve counts' : 'It is enough to have taken all reasonable steps'),
      ),
      group(`Notice is sound when it is served on ${thresholdWords(r.soundWhen, s)}`),
      when(r.onBounce, (b) => group(`What comes back is sent by ${channel(b.channel)} within ${durationWords(b.length)}`)),
      when(r.onOutage, (o) =>
        group(
          `If mail is down for longer than ${durationWords(o.longerThan)}, deadlines move by ${durationWords(o.extend)}, at most ${o.atMost.times} times`,
        ),
      ),
    ].filter((p) => p !== null),
  )

/** Who watches the public record. */
export const recordWords = (r: RuleOf<'record'>): string =>
  numbered([
    group(
      r.witnesses === 1
        ? 'Each state of the public record is published when at least 1 witness has signed it'
        : `Each state of the public record is published when at least ${String(r.witnesses)} witnesses have signed it`,
    ),
    group('A witness belongs to others than those who keep the record, and signs only what continues all it has signed before'),
  ])

const questionWords = {
  motion: 'a motion',
  drafts: 'which of the drafts to adopt',
  options: 'which of the options to adopt',
} as const

/** Founding. */
export const genesisWords = (r: RuleOf<'genesis'>, s: Speaker): string =>
  numbered(
    [
      group(`These rules begin by a vote of ${s.the(r.electorate)}, with ${durationWords(r.notice)} of notice`),
      group(
        `The question is ${questionWords[r.question]}`,
        when(r.method, (m) => `it is counted by ${methodWords[m]}`),
        when(r.counting, countingWords),
        when(r.noneOfThese, (n) => (n ? '“none of these” is a choice' : '“none of these” is not a choice')),
      ),
      group(`The vote is open for ${durationWords(r.period)}`, conditionsWords('it is carried', r.pass, s)),
      when(r.ifFails, (f) => group(`If it fails, it may be put again after ${durationWords(f.length)}`)),
    ].filter((p) => p !== null),
  )

/** Entrenchment. */
export const tierWords = (r: RuleOf<'tier'>, s: Speaker): string =>
  group(
    `The rules of tier “${s.term(r.id)}” are ${joined(r.guards, 'and')}, with all below them`,
    `they change only by the procedure ${joined(
      [r.procedure, ...(r.or ?? [])].map((p) => `“${s.term(p)}”`),
      'or',
    )}`,
  )

const unlessWords = {
  'stated in the amending act and passed by the old tier': 'if the amending act says so and the old tier passed it',
  'change above': 'if a change above these rules asks for it',
} as const

/** Editions and running decisions. */
export const transitionWords = (r: RuleOf<'transition'>): string =>
  group(
    `A decision goes on under the edition in force ${r.inFlight === 'edition of notice' ? 'when its notice was given' : 'when it was proposed'}`,
    when(r.offices, (o) =>
      o === 'run to end of term' ? 'those in office stay to the end of their term' : 'those in office leave at once',
    ),
    when(r.unless, (u) =>
      u.length === 0
        ? 'there is no exception'
        : `it is otherwise only ${joined(
            u.map((x) => unlessWords[x]),
            'or',
          )}`,
    ),
  )

const neverWords = {
  'effect before enact': 'take effect before it is enacted',
  'removal of appeal': 'take away an appeal',
  'change to a roll after freeze': 'change a roll after it is frozen',
  'removal of rights already held': 'take away rights already held',
  'industrial action ballot': 'stand for a ballot on industrial action',
  'election reserved by law': 'hold an election that the law gives to another',
  'share of assets to members': 'share out what the movement owns among members',
  'payment for votes': 'pay for a vote',
} as const

/** Limits. */
export const limitWords = (r: RuleOf<'limit'>): string =>
  group(
    listed(
      'No act may ever',
      r.never.map((n) => neverWords[n]),
      'or',
    ),
  )

const defectWords = {
  appointment: 'an appointment',
  'expired term': 'an expired term',
  notice: 'notice',
  vacancy: 'a vacancy',
} as const

/** Acts under a defect. */
export const validityWords = (r: RuleOf<'validity'>): string =>
  group(
    `An act done under a defect in ${joined(
      r.defectIn.map((d) => defectWords[d]),
      'or',
    )} ${{ 'until challenge upheld': 'stands until a challenge is upheld', always: 'always stands', never: 'never stands' }[r.actsStand]}`,
    ...(r.onQuash === null
      ? []
      : [
          `when it is quashed, later acts ${{ 'listed for review': 'are listed for review', fall: 'fall', stand: 'stand' }[r.onQuash.laterActs]}`,
          `its rolls ${r.onQuash.rolls === 'stand' ? 'stand' : 'are drawn again'}`,
          `its seats ${{ 'next runner by countback': 'go to the next runner by countback', 'by-election': 'are filled by by-election', empty: 'stay empty' }[r.onQuash.seats]}`,
        ]),
  )

/** Courts. */
export const orderWords = (r: RuleOf<'order'>, s: Speaker): string =>
  group(
    `An order of a ${joined(r.from, 'or')} may ${joined(r.may, 'or')}`,
    `it is recorded by ${r.recordedBy.kind === 'any officer' ? 'any officer' : s.the(r.recordedBy.office)}, shown by a ${r.evidence}`,
  )

const measureWords = {
  'postpone meeting': 'postpone a meeting',
  'postpone opening of ballot': 'postpone the opening of a ballot',
  'postpone closing of ballot': 'postpone the closing of a ballot',
  'amend-rulebook': 'change these rules',
  suspend: 'suspend a member',
  exclude: 'exclude a member',
  'derecognise-group': 'close a group',
  'change a roll': 'change a roll',
  spend: 'spend money',
} as const

/** Emergency. */
export const emergencyWords = (r: RuleOf<'emergency'>, s: Speaker): string =>
  numbered(
    [
      group(`While “${s.term(r.when.fact)}” is a fact, emergency measures may be taken by ${voteWords(r.by, s)}`),
      group(
        listed(
          'They are to',
          r.may.map((m) => measureWords[m]),
          'or',
        ),
      ),
      r.never.length === 0
        ? null
        : group(
            listed(
              'They are never to',
              r.never.map((m) => measureWords[m]),
              'or',
            ),
          ),
      group(`They lapse after ${durationWords(r.lapses)}`),
      group(
        `${s.the(r.ratify.by)} must ratify them within ${durationWords(r.ratify.within)}; otherwise they ${r.ratify.timeout === 'lapses' ? 'lapse' : 'stand'}`,
      ),
      when(r.again, (a) => group(`They may be taken again after ${durationWords(a.length)}`)),
    ].filter((p) => p !== null),
  )

/** Facts. */
export const factWords = (r: RuleOf<'fact'>, s: Speaker): string =>
  group(
    `The fact “${s.term(r.id)}” is attested by ${joined(r.attestedBy.map(s.the), 'and')} in a ${r.evidence}`,
    when(r.says, (says) => (says.length === 0 ? 'it says nothing more' : `it says ${joined(says.map(s.term), 'and')}`)),
    r.expires.kind === 'never' ? 'it does not expire' : `it expires after ${durationWords(r.expires.length)}`,
    when(
      r.challenge,
      (c) => `it may be challenged before ${s.the(c.to)} within ${durationWords(c.within)}; without an answer it ${c.timeout}`,
    ),
  )

type Declared = RuleOf<'interest'>['declare'][number]
const declaredWords = (d: Declared, s: Speaker): string =>
  d.kind === 'money above <sum>' ? `money above ${amountWords(d.sum, s)}` : d.kind

/** Interests. */
export const interestWords = (r: RuleOf<'interest'>, s: Speaker): string =>
  group(
    `An interest to declare is: ${joined(
      r.declare.map((d) => declaredWords(d, s)),
      'or',
    )}`,
    `who has one ${{ 'leaves vote and quorum': 'leaves the vote and the quorum', 'leaves vote': 'leaves the vote', 'declares only': 'declares it and stays' }[r.effect]}`,
    `in doubt it is for ${s.the(r.whoDecides)} to decide`,
  )

/** A rulebook above. */
export const superiorWords = (r: RuleOf<'superior'>, s: Speaker): string =>
  group(
    `These rules stand under “${s.term(r.rulebook)}”, which ${r.prevails ? 'prevails' : 'does not prevail'}`,
    when(r.changeAbove, (c) =>
      c === 'follows at once' ? 'a change above follows at once' : 'a change above follows after ratification',
    ),
    when(r.onConflict, (c) =>
      c.kind === 'superior prevails'
        ? 'in conflict the one above prevails'
        : c.kind === 'panel decides'
          ? 'in conflict the panel decides'
          : `in conflict the rule here is suspended, and members are told within ${durationWords(c.length)}`,
    ),
  )

/** The code of conduct. */
export const conductWords = (r: RuleOf<'conduct'>, s: Speaker): string =>
  group(
    `The code “${s.term(r.id)}”${r.code === null ? '' : ` (${s.term(r.code)})`} is what stands beside these words`,
    ...r.sanctions.map(
      (x) =>
        `a sanction is ${s.term(x.id)}${x.atMost === null ? '' : `, of at most ${durationWords(x.atMost)}`}${x.expires === null ? '' : `, which expires after ${durationWords(x.expires)}`}`,
    ),
  )

type Stay = NonNullable<RuleOf<'appeal'>['stay']>
const stayWords = (stay: Stay): string =>
  group(
    stay.effect ? 'An appeal stops the decision meanwhile' : 'An appeal does not stop the decision meanwhile',
    when(stay.roll, (v) => (v === 'provisional' ? 'who appeals is on a roll provisionally' : 'the roll is unchanged')),
    when(stay.upheldBeforeTally, (v) =>
      v === 'ballot stays'
        ? 'upheld before the count, the ballot stays in the box'
        : 'upheld before the count, the ballot leaves the box',
    ),
    when(stay.upheldAfter, (v) =>
      v === 'result stands' ? 'upheld after it, the result stands' : 'upheld after it, the vote is held again if it could decide',
    ),
  )

/** Appeal. */
export const appealWords = (r: RuleOf<'appeal'>, s: Speaker): string =>
  numbered([
    group(
      `The appeal “${s.term(r.id)}” goes to ${s.the(r.to.body)}${r.to.kind === '<body>' ? '' : ', sitting anew'}, within ${durationWords(r.within)}`,
    ),
    group(r.disjoint ? 'Nobody who decided before may hear it' : 'Those who decided before may hear it'),
    group(`It is decided within ${durationWords(r.decideWithin)}; otherwise it is ${r.timeout}`),
    r.stay === null ? group('An appeal stops a proposal meanwhile, but no sanction') : stayWords(r.stay),
  ])

type Right = NonNullable<RuleOf<'class'>['rights']>[number]
const rightsWords = (rights: readonly Right[], s: Speaker): string =>
  joined(
    rights.map((r) => {
      switch (r.kind) {
        case '<right>':
          return r.right
        case '<right> from age <years>':
          return `${r.right} from the age of ${r.years}`
        case '<right> on <matter>':
          return `${r.right} on “${s.term(r.matter)}”`
      }
    }),
    'and',
  )

type Back = NonNullable<RuleOf<'standing'>['states'][number]['value']['back']>
function backWords(b: Back, s: Speaker): string {
  switch (b.kind) {
    case 'on payment':
      return 'it ends on payment'
    case 'by appeal <appeal>':
      return `it ends by the appeal “${s.term(b.appeal)}”`
    case 'by <power>':
      return `it ends by the power to ${powerWords[b.power]}`
  }
}

/** Standing. */
export function standingWords(r: RuleOf<'standing'>, s: Speaker): string {
  const groups = r.states.map(({ key, value: v }) =>
    group(
      `Standing “${s.term(key)}”${v.from === null ? ' is one a person may have' : ` follows ${v.from === 'any' ? 'any other' : `“${s.term(v.from)}”`}`}`,
      when(v.rights, (x) => (x.length === 0 ? 'it gives no right' : `it gives the right to ${rightsWords(x, s)}`)),
      when(v.loses, (x) => `it takes away the right to ${joined(x, 'and')}`),
      when(v.by, (b) => `it is for ${s.the(b)} to decide on it`),
      when(v.when, (w) =>
        w.kind === '<predicate>'
          ? `it comes to a person who ${whoWords(w.predicate, s)}`
          : w.kind === 'fact <fact>'
            ? `it comes when “${s.term(w.fact)}” is attested of the person`
            : `it comes when dues are overdue by ${durationWords(w.length)}`,
      ),
      when(v.atMost, (d) => `it lasts at most ${durationWords(d)}`),
      when(v.then, (t) => `“${s.term(t)}” follows`),
      when(v.back, (b) => backWords(b, s)),
    ),
  )
  const first = when(r.default, (d) => group(`Everyone begins as “${s.term(d)}”`))
  return numbered(first === null ? groups : [...groups, first])
}

/** A class of member. */
export const classWords = (r: RuleOf<'class'>, s: Speaker): string =>
  group(
    `“${s.term(r.id)}” is a class of ${r.of === 'person' ? 'people' : 'organisations'}`,
    when(r.rights, (x) => (x.length === 0 ? 'it has no right' : `it has the right to ${rightsWords(x, s)}`)),
  )

/** An attribute. */
export const attributeWords = (r: RuleOf<'attribute'>, s: Speaker): string =>
  group(
    `“${s.term(r.id)}” is one of ${joined(
      r.values.map((v) => `“${s.term(v)}”`),
      'or',
    )}`,
    r.evidence.kind === 'declared'
      ? 'members say it themselves'
      : `it is ${r.evidence.kind === 'verified by <office>' ? 'verified' : 'attested'} by ${s.the(r.evidence.office)}`,
    when(r.expires, (d) => `it expires after ${durationWords(d)}`),
  )

/** An electorate. */
export function electorateWords(r: RuleOf<'electorate'>, s: Speaker): string {
  return numbered([
    group(`everyone belongs to ${s.the(r.id)} (“${s.term(r.id)}”) who ${whoWords(r.who, s)}`),
    group(
      `This is judged as at ${momentWords(r.cutOff, s)}, the cut-off`,
      r.lateEvidence.kind === 'none'
        ? 'later evidence does not count'
        : `later evidence counts if dated by ${momentWords({ kind: 'anchor', anchor: r.lateEvidence.dated }, s)} and verified by ${momentWords({ kind: 'anchor', anchor: r.lateEvidence.verified }, s)}`,
      when(r.weight, (w) => `each counts by “${s.term(w)}”`),
    ),
  ])
}
