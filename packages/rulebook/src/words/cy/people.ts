import type { RuleOf } from '../../model.ts'
import { group, numbered, when } from '../en/names.ts'
import { durationWords, momentWords, whenWords, whoWords } from './expressions.ts'
import { allOf, anyOf, counted, fixed, led, type Phrase } from './grammar.ts'
import type { Speaker } from './names.ts'
import { powerWords, rightWords } from './vocabulary.ts'

const rightsOf = (rights: readonly (keyof typeof rightWords)[]): Phrase => allOf(rights.map((r) => rightWords[r]))

/** "aildderbyn aelod" for a power of the catalogue, else its name. */
const powerOf = (id: string, s: Speaker): Phrase =>
  Object.hasOwn(powerWords, id) ? powerWords[id as keyof typeof powerWords] : fixed(s.label(id))

/** Standing. */
export function standingWords(r: RuleOf<'standing'>, s: Speaker): string {
  const groups = r.states.map(({ key, value: v }) =>
    group(
      v.from === null
        ? `mae ${s.label(key)} yn statws y gall person ei gael`
        : `mae’r statws ${s.label(key)} yn dilyn ${v.from === 'any' ? 'unrhyw un arall' : s.label(v.from)}`,
      when(v.rights, (x) => (x.length === 0 ? 'nid yw’n rhoi unrhyw hawl' : `mae’n rhoi’r hawl ${led('i', rightsOf(x))}`)),
      when(v.loses, (x) => `mae’n dileu’r hawl ${led('i', rightsOf(x))}`),
      when(v.when, (w) =>
        w.kind === '<predicate>'
          ? `daw i ran pobl ${whoWords(w.predicate, s)}`
          : `daw i ran person pan fo’r tâl aelodaeth ${durationWords(w.length)} yn hwyr`,
      ),
      when(v.atMost, (d) => `mae’n para ${durationWords(d)} ar y mwyaf`),
      when(v.then, (t) => `y statws ${s.label(t)} sy’n dilyn`),
      when(v.back, (b) =>
        b.kind === 'on payment' ? 'daw i ben pan delir' : `daw i ben drwy’r pŵer ${led('i', powerOf(b.power, s))}`,
      ),
    ),
  )
  const first = when(r.default, (d) => group(`mae pawb yn dechrau fel ${s.label(d)}`))
  return numbered(first === null ? groups : [...groups, first])
}

/** A class of member. */
export const classWords = (r: RuleOf<'class'>, s: Speaker): string =>
  group(
    `dosbarth o ${r.of === 'person' ? 'bobl' : 'sefydliadau'} yw ${s.title(r.id)}`,
    when(r.rights, (x) => (x.length === 0 ? 'nid oes ganddo hawl' : `mae ganddo’r hawl ${led('i', rightsOf(x))}`)),
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
