import type { RuleOf } from '../../language/model.ts'
import { group, numbered, when } from '../en/names.ts'
import { durationWords, momentWords, whenWords, whoWords } from './expressions.ts'
import { allOf, anyOf, counted, fixed, led, type Phrase } from './grammar.ts'
import type { Speaker } from './names.ts'
import { powerWords, rightWords } from './vocabulary.ts'

type Right = NonNullable<RuleOf<'class'>['rights']>[number]
const rightOf = (r: Right, s: Speaker): Phrase => {
  const right = rightWords[r.right]
  switch (r.kind) {
    case '<right>':
      return right
    case '<right> from age <years>':
      return (m) => `${right(m)} o ${r.years} oed ymlaen`
    case '<right> on <matter>':
      return (m) => `${right(m)} ar ${s.label(r.matter)}`
  }
}
const rightsOf = (rights: readonly Right[], s: Speaker): Phrase => allOf(rights.map((r) => rightOf(r, s)))

type State = RuleOf<'standing'>['states'][number]['value']
function whenComes(w: NonNullable<State['when']>, s: Speaker): string {
  switch (w.kind) {
    case '<predicate>':
      return `daw i ran pobl ${whoWords(w.predicate, s)}`
    case 'fact <fact>':
      return `daw i ran person pan dystir i ${s.title(w.fact)} amdano`
    case 'dues overdue by <length>':
      return `daw i ran person pan fo’r tâl aelodaeth ${durationWords(w.length)} yn hwyr`
  }
}
function backWords(b: NonNullable<State['back']>, s: Speaker): string {
  switch (b.kind) {
    case 'on payment':
      return 'daw i ben pan delir'
    case 'by appeal <appeal>':
      return `daw i ben drwy’r apêl ${s.title(b.appeal)}`
    case 'by <power>':
      return `daw i ben drwy’r pŵer ${led('i', powerWords[b.power])}`
  }
}

/** Standing. */
export function standingWords(r: RuleOf<'standing'>, s: Speaker): string {
  const groups = r.states.map(({ key, value: v }) =>
    group(
      v.from === null
        ? `mae ${s.label(key)} yn statws y gall person ei gael`
        : `mae’r statws ${s.label(key)} yn dilyn ${v.from === 'any' ? 'unrhyw un arall' : s.label(v.from)}`,
      when(v.rights, (x) => (x.length === 0 ? 'nid yw’n rhoi unrhyw hawl' : `mae’n rhoi’r hawl ${led('i', rightsOf(x, s))}`)),
      when(v.loses, (x) => `mae’n dileu’r hawl ${led('i', allOf(x.map((r) => rightWords[r])))}`),
      when(v.by, (b) => `${s.the(b)('plain')} sy’n penderfynu arno`),
      when(v.when, (w) => whenComes(w, s)),
      when(v.atMost, (d) => `mae’n para ${durationWords(d)} ar y mwyaf`),
      when(v.then, (t) => `y statws ${s.label(t)} sy’n dilyn`),
      when(v.back, (b) => backWords(b, s)),
    ),
  )
  const first = when(r.default, (d) => group(`mae pawb yn dechrau fel ${s.label(d)}`))
  return numbered(first === null ? groups : [...groups, first])
}

/** A class of member. */
export const classWords = (r: RuleOf<'class'>, s: Speaker): string =>
  group(
    `dosbarth o ${r.of === 'person' ? 'bobl' : 'sefydliadau'} yw ${s.title(r.id)}`,
    when(r.rights, (x) => (x.length === 0 ? 'nid oes ganddo hawl' : `mae ganddo’r hawl ${led('i', rightsOf(x, s))}`)),
  )

/** An attribute. */
export const attributeWords = (r: RuleOf<'attribute'>, s: Speaker): string =>
  group(
    `gwerth ${s.title(r.id)} yw ${anyOf(r.values.map((v) => fixed(s.label(v))))('plain')}`,
    r.evidence.kind === 'declared'
      ? 'yr aelodau eu hunain sy’n ei ddweud'
      : `${r.evidence.kind === 'verified by <office>' ? 'fe’i gwirir' : 'tystir iddo'} ${led('gan', s.the(r.evidence.office))}`,
    when(r.expires, (d) => `daw i ben ar ôl ${durationWords(d)}`),
  )

/** An electorate. */
export function electorateWords(r: RuleOf<'electorate'>, s: Speaker): string {
  const late = r.lateEvidence
  return numbered([
    group(`${s.the(r.id)('plain')} yw pawb ${whoWords(r.who, s)}`),
    group(
      `bernir hyn yn ôl y sefyllfa ${whenWords(r.cutOff, s)}, sef y dyddiad cymhwyso`,
      late.kind === 'none'
        ? 'nid yw tystiolaeth ddiweddarach yn cyfrif'
        : `mae tystiolaeth ddiweddarach yn cyfrif os yw wedi’i dyddio erbyn ${momentWords({ kind: 'anchor', anchor: late.dated }, s)('plain')} ac wedi’i gwirio erbyn ${momentWords({ kind: 'anchor', anchor: late.verified }, s)('plain')}`,
      when(r.weight, (w) => `mae pob un yn cyfrif yn ôl ${s.title(w)}`),
    ),
  ])
}

/** How often something may happen: "3 gwaith ar y mwyaf". */
export const timesWords = (n: number): string => `${counted(n, 'gwaith')} ar y mwyaf`
