import type { TypeOf } from '../../language/codec.ts'
import type { RuleOf } from '../../language/model.ts'
import type { powerName } from '../../schema/powers.ts'
import { amountWords, conditionsWords, durationWords } from './expressions.ts'
import { countOf, group, joined, when, type Speaker } from './names.ts'

/** What a power does, as the end of "may …". */
export const powerWords: Readonly<Record<TypeOf<typeof powerName>, string>> = {
  'amend-rulebook': 'change these rules',
  'adopt-policy': 'adopt policy',
  'set-priorities': 'set priorities',
  endorse: 'endorse a candidate',
  elect: 'elect',
  'fill-vacancy': 'fill a vacancy',
  recall: 'recall from office',
  admit: 'admit a member',
  suspend: 'suspend a member',
  exclude: 'exclude a member',
  readmit: 'readmit a member',
  'recognise-group': 'recognise a group',
  'derecognise-group': 'close a group',
  affiliate: 'affiliate to a body',
  disaffiliate: 'leave a body',
  proscribe: 'proscribe an organisation',
  'issue-statement': 'speak for the movement',
  'call-meeting': 'call a meeting',
  'call-ballot': 'call a ballot',
  postpone: 'postpone',
  spend: 'spend money',
  appoint: 'appoint to office',
  'delegate-power': 'delegate a power',
  'emergency-measure': 'take an emergency measure',
  resolve: 'pass a resolution without effect',
  dissolve: 'dissolve the movement',
}

const neverForWords = {
  'party funds': 'the funds of a party',
  'loans to officers': 'loans to officers',
  'payments to officers': 'payments to officers',
  'legal action': 'legal action',
  property: 'property',
} as const

type Limits = NonNullable<RuleOf<'power'>['limits']>
const limitsWords = (l: Limits, s: Speaker): readonly (string | null)[] => [
  when(l.grounds, (g) => `it is used only on grounds of “${s.term(g)}”`),
  when(l.atMost, (d) => `it lasts at most ${durationWords(d)}`),
  when(l.notWithin, (n) => `it is not used between “${s.term(n.from)}” and “${s.term(n.to)}” of any ballot`),
  when(l.upTo, (a) => `in all it covers up to ${amountWords(a, s)}`),
  when(l.noSingle, (a) => `no single use is above ${amountWords(a, s)}`),
  when(l.above, (b) => `anything above that is for ${s.the(b)}`),
  when(
    l.neverFor,
    (n) =>
      `it is never used for ${joined(
        n.map((x) => neverForWords[x]),
        'or',
      )}`,
  ),
  when(l.on, (o) => (o === 'adopted policy' ? 'it speaks on adopted policy only' : 'it may speak on any matter')),
  when(l.shows, () => 'it shows its mandate'),
  when(l.within, (d) => `it is used within ${durationWords(d)} of being asked`),
  when(l.timeout, (t) => `without an answer in time, the person is ${t}`),
  when(l.refuseOn, (r) => `it may be refused only as: ${joined(r.map(s.term), 'or')}`),
  when(l.uses, (u) => `it is used at most ${countOf(u.times, 'time', 'times')} a year`),
]

/** A power. */
export const powerRuleWords = (r: RuleOf<'power'>, s: Speaker): string =>
  group(
    when(r.holder, (h) => `${joined(h.map(s.the), 'or')} may ${powerWords[r.act]}`),
    when(
      r.via,
      (v) =>
        `${r.holder === null ? `To ${powerWords[r.act]}, ` : ''}the only way is the procedure ${joined(
          v.map((x) => `“${s.term(x)}”`),
          'or',
        )}`,
    ),
    r.holder === null && r.via === null ? `Nobody may ${powerWords[r.act]}` : null,
    when(
      r.named,
      (n) =>
        `the resolutions are: ${joined(
          n.map((x) => `“${s.term(x)}”`),
          'or',
        )}`,
    ),
    when(r.pass, (p) => conditionsWords('it is decided', p, s)),
    ...(r.limits === null ? [] : limitsWords(r.limits, s)),
    when(r.until, (d) => `the power ends after ${durationWords(d)}`),
    when(r.delegable, (d) =>
      d.kind === 'no' ? 'it may not be delegated' : `it may be delegated for at most ${durationWords(d.length)}`,
    ),
    when(r.appeal, (a) => `its use may be appealed under “${s.term(a)}”`),
  )

type Assets = RuleOf<'dissolution'>['assets']
function assetsWords(a: Assets, s: Speaker): string {
  switch (a.kind) {
    case 'to <rulebook>':
      return `to “${s.term(a.rulebook)}”`
    case 'to a body named in the act':
      return 'to the body that the act names'
    case 'to members in equal parts':
      return 'to the members in equal parts'
    case 'to a charity named in the act':
      return 'to the charity that the act names'
  }
}

/** The end. */
export const dissolutionWords = (r: RuleOf<'dissolution'>, s: Speaker): string =>
  group(
    `Once dissolved, the movement may only ${joined(
      r.may.map((p) => powerWords[p]),
      'or',
    )}`,
    `it is wound up by ${s.the(r.by)} within ${durationWords(r.within)}`,
    `what it owns goes ${assetsWords(r.assets, s)}`,
    when(r.record, (k) => `its record is kept for ${durationWords(k.length)}`),
  )
