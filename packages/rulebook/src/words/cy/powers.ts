import type { RuleOf } from '../../language/model.ts'
import { group, when } from '../en/names.ts'
import { amountWords, conditionsWords, durationWords } from './expressions.ts'
import { anyOf, fixed, led, listedAfter, own } from './grammar.ts'
import type { Speaker } from './names.ts'
import { timesWords } from './people.ts'
import { powerWords } from './vocabulary.ts'

const neverForWords = {
  'party funds': own('cronfeydd plaid'),
  'loans to officers': own('benthyciadau i swyddogion'),
  'payments to officers': own('taliadau i swyddogion'),
  'legal action': own('achos cyfreithiol'),
  property: own('eiddo'),
} as const

type Limits = NonNullable<RuleOf<'power'>['limits']>
const limitsWords = (l: Limits, s: Speaker): readonly (string | null)[] => [
  when(l.grounds, (g) => `dim ond ar sail ${s.title(g)} y’i defnyddir`),
  when(l.atMost, (d) => `mae’n para ${durationWords(d)} ar y mwyaf`),
  when(
    l.notWithin,
    (n) =>
      `ni chaiff ei ddefnyddio rhwng “${s.step(n.from)('plain')}” ${led('a', fixed(`“${s.step(n.to)('plain')}”`))} mewn unrhyw bleidlais`,
  ),
  when(l.upTo, (a) => `at ei gilydd mae’n cwmpasu hyd at ${amountWords(a, s)}`),
  when(l.noSingle, (a) => `ni chaiff unrhyw ddefnydd unigol fod dros ${amountWords(a, s)}`),
  when(l.above, (b) => `mater ${led('i', s.the(b))} yw unrhyw beth uwchlaw hynny`),
  when(l.neverFor, (n) => `ni chaiff ei ddefnyddio byth ar gyfer ${anyOf(n.map((x) => neverForWords[x]))('plain')}`),
  when(l.on, (o) =>
    o === 'adopted policy' ? 'ar bolisi a fabwysiadwyd yn unig y mae’n siarad' : 'caiff siarad ar unrhyw fater',
  ),
  when(l.shows, () => 'mae’n dangos ei fandad'),
  when(l.within, (d) => `fe’i defnyddir o fewn ${durationWords(d)} ar ôl cais`),
  when(l.timeout, (t) => `heb ateb mewn pryd, ${t === 'admitted' ? 'derbynnir' : 'gwrthodir'} y person`),
  when(l.refuseOn, (r) =>
    listedAfter(
      'ni chaniateir gwrthod ond ar y sail a ganlyn:',
      anyOf,
      r.map((x) => fixed(s.label(x))),
      { below: 'ni chaniateir gwrthod ond ar un o’r seiliau a ganlyn' },
    ),
  ),
  when(l.uses, (u) => `fe’i defnyddir ${timesWords(u.times)} y flwyddyn`),
]

/** A power. */
export const powerRuleWords = (r: RuleOf<'power'>, s: Speaker): string =>
  group(
    when(r.holder, (h) => `caiff ${anyOf(h.map(s.the))('plain')} ${powerWords[r.act]('soft')}`),
    when(r.via, (v) => {
      const way = `yr unig ffordd yw’r weithdrefn ${anyOf(v.map((x) => fixed(s.title(x))))('plain')}`
      return r.holder === null ? `${led('i', powerWords[r.act])}, ${way}` : way
    }),
    r.holder === null && r.via === null ? `ni chaiff neb ${powerWords[r.act]('soft')}` : null,
    when(r.named, (n) =>
      listedAfter(
        'y penderfyniadau yw:',
        anyOf,
        n.map((x) => fixed(s.label(x))),
        { below: 'y penderfyniadau yw un o’r canlynol' },
      ),
    ),
    when(r.pass, (p) => conditionsWords('penderfynir hynny', p, s)),
    ...(r.limits === null ? [] : limitsWords(r.limits, s)),
    when(r.until, (d) => `daw’r pŵer i ben ar ôl ${durationWords(d)}`),
    when(r.delegable, (d) =>
      d.kind === 'no' ? 'ni chaniateir ei ddirprwyo' : `caniateir ei ddirprwyo am ${durationWords(d.length)} ar y mwyaf`,
    ),
    when(r.appeal, (a) => `caniateir apelio yn erbyn ei ddefnyddio o dan ${s.title(a)}`),
  )

function assetsWords(a: RuleOf<'dissolution'>['assets'], s: Speaker): string {
  switch (a.kind) {
    case 'to <rulebook>':
      return `i ${s.title(a.rulebook)}`
    case 'to a body named in the act':
      return 'i’r corff a enwir yn y weithred'
    case 'to members in equal parts':
      return 'i’r aelodau mewn rhannau cyfartal'
    case 'to a charity named in the act':
      return 'i’r elusen a enwir yn y weithred'
  }
}

/** The end. */
export const dissolutionWords = (r: RuleOf<'dissolution'>, s: Speaker): string =>
  group(
    listedAfter(
      'ar ôl ei ddiddymu, yr unig bethau y caiff y mudiad eu gwneud yw',
      anyOf,
      r.may.map((p) => powerWords[p]),
      { below: 'ar ôl ei ddiddymu, dim ond y canlynol y caiff y mudiad eu gwneud' },
    ),
    `rhaid ${led('i', s.the(r.by))} ei ddirwyn i ben o fewn ${durationWords(r.within)}`,
    `mae ei eiddo’n mynd ${assetsWords(r.assets, s)}`,
    when(r.record, (k) => `cedwir ei gofnod am ${durationWords(k.length)}`),
  )
