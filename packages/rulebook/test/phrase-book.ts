import { assert } from '@quorate/kernel'
import type { ClauseId } from '../src/index.ts'
import { ruleCodecs, writeRule, type Names, type Provision, type Rule, type Rulebook, type Terms } from '../src/language/model.ts'
import { readBlock } from '../src/language/parse.ts'
import { ruleKinds, type RuleKind } from '../src/schema/kinds.ts'
import type { ExpressionName, Shape, Shapes, Target } from '../src/language/shape.ts'
import { words, wordsLocales } from '../src/words/words.ts'
import { treeOf, type Plain } from './blocks.ts'
import { edition, parsed } from './lantern.ts'

// Every template of the operative words, in both languages, one beside the other: each word, phrase and expression of the schema stands in at least
// one block. It is what a native reader reads to sign a language off, and what a change to a template shows up in.

/** One block with what it says. */
type Entry = { readonly kind: RuleKind; readonly block: Plain; readonly said: readonly string[] }

/** Names with every form, of both genders, beginning with letters that mutate and letters that do not. */
const ids = {
  body: ['committee', 'local-group'],
  office: ['returning-officer', 'secretary'],
  electorate: ['members', 'founders'],
  class: ['member', 'union'],
  attribute: ['gender', 'party'],
  fact: ['legal-advice'],
  procedure: ['petition'],
  appeal: ['review'],
  meeting: ['agm'],
  service: ['by-post'],
  conduct: ['code'],
  superior: ['national'],
  tier: ['plain'],
} as const satisfies Partial<Record<RuleKind, readonly string[]>>
const welsh: Readonly<Record<string, string>> = {
  committee:
    'one pwyllgor many pwyllgorau the y-pwyllgor gender m soft bwyllgor nasal mhwyllgor aspirate phwyllgor many-soft bwyllgorau many-nasal mhwyllgorau many-aspirate phwyllgorau',
  'local-group':
    'one cangen many canghennau the y-gangen gender f soft gangen nasal nghangen aspirate changen many-soft ganghennau many-nasal nghanghennau many-aspirate changhennau',
  'returning-officer': 'one swyddog-canlyniadau many swyddogion-canlyniadau the y-swyddog-canlyniadau gender m',
  secretary:
    'one trysorydd many trysoryddion the trysorydd-y-mudiad gender m soft drysorydd nasal nhrysorydd aspirate thrysorydd many-soft drysoryddion many-nasal nhrysoryddion many-aspirate thrysoryddion',
  members: 'one aelod many aelodau the yr-aelodau gender m',
  founders: 'one sylfaenydd many sylfaenwyr the sylfaenwyr-y-mudiad gender m',
  member: 'one aelod many aelodau the yr-aelod gender m',
  union: 'one undeb many undebau the yr-undeb gender m',
  gender: 'one rhywedd many rhyweddau the y-rhywedd gender m soft rywedd',
  party:
    'one plaid many pleidiau the y-blaid gender f soft blaid nasal mhlaid aspirate phlaid many-soft bleidiau many-nasal mhleidiau many-aspirate phleidiau',
  'legal-advice':
    'one cyngor-cyfreithiol many cynghorion-cyfreithiol the y-cyngor-cyfreithiol gender m soft gyngor-cyfreithiol nasal nghyngor-cyfreithiol aspirate chyngor-cyfreithiol',
  agm: 'one cyfarfod-blynyddol many cyfarfodydd-blynyddol the y-cyfarfod-blynyddol gender m soft gyfarfod-blynyddol nasal nghyfarfod-blynyddol aspirate chyfarfod-blynyddol',
  petition: 'one deiseb many deisebau the y-ddeiseb gender f soft ddeiseb nasal neiseb',
  review: 'one adolygiad many adolygiadau the yr-adolygiad gender m',
  'by-post': 'one drwy’r-post many drwy’r-post the drwy’r-post gender m',
  code: 'one cod many codau the y-cod gender m soft god nasal nghod aspirate chod',
  national: 'one llyfr-cenedlaethol many llyfrau-cenedlaethol the y-llyfr-cenedlaethol gender m soft lyfr-cenedlaethol',
  plain: 'one haen-gyffredin many haenau the yr-haen-gyffredin gender f',
  first: 'one cyntaf many cyntaf the y-cyntaf gender m soft gyntaf',
  other: 'one arall many eraill gender m',
  check: 'one gwirio many gwirio gender m',
  timetable: 'one amserlen many amserlenni gender f',
  certify: 'one ardystio many ardystio gender m',
  active: 'one gweithredol many gweithredol gender m soft weithredol',
  lapsed: 'one darfodedig many darfodedig gender m soft ddarfodedig',
  ordinary: 'one cyffredin many cyffredin gender m soft gyffredin',
  woman: 'one menyw many menywod gender f soft fenyw',
}
const formsOf = (id: string): readonly { readonly key: string; readonly value: string }[] => {
  const parts = (welsh[id] ?? `one rhes-${id.replace('row-', '')} many rhesi gender f soft res-${id.replace('row-', '')}`).split(
    ' ',
  )
  return parts.flatMap((key, i) =>
    i % 2 === 0 && parts[i + 1] !== undefined ? [{ key, value: (parts[i + 1] ?? '').replaceAll('-', ' ') }] : [],
  )
}
// Both are tables of one form a key; `many-soft` and its like keep their hyphen as keys.
const namesOf = (id: string): Names => ({ en: null, cy: formsOf(id) })
const rows = Array.from({ length: 90 }, (_, i) => `row-${i + 1}`)
const terms: Terms = [...rows, 'first', 'other', 'active', 'lapsed', 'ordinary', 'woman', 'check', 'timetable', 'certify'].map(
  (key) => ({
    key,
    value: namesOf(key),
  }),
)

const named: Readonly<Record<Exclude<Target, readonly RuleKind[]>, readonly string[]>> = {
  state: ['active', 'lapsed'],
  seat: ['ordinary'],
  stage: ['first'],
  anchor: ['notice', 'first', 'review', 'agm'],
  clause: ['4.2'],
}

const counted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 18, 20, 21, 28, 30, 100]
const units = ['minutes', 'hours', 'days', 'clear days', 'working days', 'weeks', 'months', 'years']
const one = (count: number, unit: string): string => `${count} ${count === 1 ? unit.replace(/s$/, '') : unit}`
const amounts = [
  '1 people',
  '2 people',
  '1,000 people'.replace(',', ''),
  '3 votes',
  '1 votes',
  '5 seats',
  '1 seats',
  '2 bodies',
  '1 bodies',
  '2000 GBP',
  '500 GBP per month',
  '1 GBP per day',
  '7 GBP per week',
  '9 GBP per year',
  '1/2 of for-and-against',
  '2/3 of votes-cast',
  '5% of valid',
  '10% of returned',
  '15% of issued',
  '30% of roll',
  '3/4 of present',
  '1/3 of seated',
  '1/2 of seats',
  '1/2 of seats of class union',
  '1/2 of seated sitting',
  '1/4 of seats of class member sitting',
  '5% of electorate members at propose',
  '5% of electorate members of this group at notice',
  '2/5 of bodies local-group at open',
  '1/5 of electorate founders at first',
  'lesser of 5% of electorate members at cut-off and 1000 people',
  'greater of 1/2 of seats and 4 seats',
  'lesser of greater of 2 people and 1/10 of roll and 50 people',
  'quorum of committee',
]
const durations = [
  ...units.map((unit) => one(1, unit)),
  ...units.flatMap((unit, i) => [2, 3 + i].map((n) => one(n, unit))),
  ...counted.map((n) => one(n, 'days')),
  ...counted.map((n) => one(n, 'years')),
  '0 days',
]
const anchors = ['propose', 'notice', 'freeze', 'open', 'close', 'cut-off', 'meeting', 'first', 'review', 'agm']
const moments = [
  '2017-07-01',
  '2026-12-31 12:00',
  '2027-01-09 24:00',
  ...anchors,
  ...anchors.map((a, i) => `${one(i + 1, units[i % units.length] ?? 'days')} ${i % 2 === 0 ? 'before' : 'after'} ${a}`),
  'end of day 1 days before meeting',
  'end of day 28 days before notice',
]
const whos = [
  'standing active',
  'standing lapsed',
  'class member',
  'class union as of 2017-01-10',
  'class member as of notice',
  'attribute gender woman',
  'attribute party member within 90 days',
  'age at least 14',
  'age at least 1',
  'age under 30',
  'joined by 28 days before notice',
  'joined by 2017-07-01',
  'paid by freeze',
  'paid by 2020-06-11 12:00',
  'before 2017-07-02',
  'after 2017-07-02',
  'after notice',
  'in committee',
  'in this group',
  'seat on local-group',
  'office secretary',
  'electorate founders',
  'fact legal-advice',
  'not standing lapsed',
  'not class union',
  'not in committee',
  'not attribute gender woman',
  'not age under 16',
  'not (standing active or class member)',
  'standing active and class member',
  'standing active or class member',
  'standing active and class member and age at least 14',
  'standing active and (class member or class union)',
  '(standing active or office secretary) and not (class union or age under 14 and in committee)',
  'not seat on committee',
  'not office secretary',
  'not electorate founders',
  'not fact legal-advice',
  'not joined by notice',
  'not paid by notice',
  'not before 2017-07-02',
  'not after 2017-07-02',
  'not in this group',
]
const conditions = [
  'yes more than 1/2 of for-and-against',
  'yes at least 2/3 of votes-cast',
  'turnout at least 30% of roll',
  'turnout more than 10% of electorate members at freeze',
  'present at least 5 seats',
  'present more than 1/2 of seated',
  'bodies-for at least 2 bodies',
  'weight-for more than 1/2 of valid',
  'yes of class union at least 1/2 of seats of class union',
  'yes of class union more than 1/2 of seated of class union or none seated',
  'present of class member at least 2 seats',
  'winner beats none-of-these',
  'winner beats status-quo',
  'yes at least lesser of 1/2 of roll and 100 votes',
  'yes at least quorum of committee',
]
const actors = [
  'rule',
  'committee',
  'secretary',
  'national',
  'seat on committee',
  'electorate members',
  'electorate members of this group',
  '1 people of electorate members',
  '20 people of electorate founders',
  'committee or secretary',
  'seat on local-group or electorate members or 3 people of electorate founders',
]
const both = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((t, i) => (i % 2 === 0 ? [`at least ${t}`, `more than ${t}`] : [`more than ${t}`]))
const expressions: Readonly<Record<ExpressionName, readonly string[]>> = {
  duration: durations,
  amount: amounts,
  threshold: both(amounts),
  condition: conditions,
  moment: moments,
  who: whos,
  actors,
  vote: ['committee by at least 2/3 of seats', 'members by more than 1/2 of votes-cast', 'local-group by at least 3 seats'],
}

/** How often an expression has been asked for: each use goes on where the last one stopped, so that all of them come round. */
type Turns = Map<string, number>
const turn = (turns: Turns, of: ExpressionName, many: number): readonly string[] => {
  const all = expressions[of]
  const from = turns.get(of) ?? 0
  turns.set(of, from + many)
  return Array.from({ length: Math.min(many, all.length) }, (_, i) => all[(from + i) % all.length] ?? '')
}

function namesFor(to: Target | null): readonly string[] {
  if (to === null) return ['first', 'other']
  if (typeof to === 'string') return named[to]
  return to.flatMap((kind) => (kind in ids ? ids[kind as keyof typeof ids] : []))
}

const textOf = (value: Plain | undefined): string => (typeof value === 'string' ? value : '')

/** Values of a shape among which every word and phrase of it stands at least once. One case per shape: a table. */
function valuesOf(shape: Shape, turns: Turns): readonly Plain[] {
  switch (shape.kind) {
    case 'text':
      return examples[shape.example] ?? [shape.example]
    case 'expression':
      return turn(turns, shape.of, 2)
    case 'word':
      return shape.words
    case 'id':
      return [...namesFor(shape.to), ...shape.except.filter((word) => word !== 'any')]
    case 'phrase': {
      const slots = Object.entries(shape.slots).map(([name, inner]) => [name, valuesOf(inner, turns)] as const)
      const many = Math.max(1, ...slots.map(([, values]) => values.length))
      return Array.from({ length: many }, (_, i) =>
        slots.reduce((text, [name, values]) => text.replace(`<${name}>`, () => textOf(values[i % values.length])), shape.pattern),
      )
    }
    case 'phrases':
    case 'either':
      return shape.of.flatMap((inner) => valuesOf(inner, turns))
    case 'list': {
      const items = valuesOf(shape.item, turns)
      const whole =
        shape.item.kind === 'expression'
          ? [turn(turns, shape.item.of, 2), turn(turns, shape.item.of, 3)]
          : [items.slice(0, 1), items.slice(0, 2), items.slice(0, 3)]
      const rest = Array.from({ length: Math.ceil(Math.max(0, items.length - 3) / 2) }, (_, i) =>
        items.slice(3 + 2 * i, 5 + 2 * i),
      )
      return [...whole, ...rest, ...(shape.least === 0 ? [[]] : [])].filter((list) => list.length >= shape.least)
    }
    case 'table': {
      const [keys, values] = [valuesOf(shape.key, turns), valuesOf(shape.value, turns)]
      const rows =
        values.length > keys.length && shape.key.kind === 'id'
          ? values.map((v, i) => [`row-${i + 1}`, v] as const)
          : keys.map((k, i) => [textOf(k), values[i % values.length] ?? ''] as const)
      return [
        Object.fromEntries(rows.slice(0, 1)),
        ...Array.from({ length: Math.ceil(rows.length / 4) }, (_, i) => Object.fromEntries(rows.slice(4 * i, 4 * i + 4))),
      ]
    }
    case 'fields':
      return fieldsOf(shape, turns)
    case 'stages':
      return Object.entries(shape.kinds).flatMap(([kind, inner]) =>
        valuesOf(inner, turns).map((stage): Plain => ({ propose: { by: 'rule' }, first: { ...(stage as object), do: kind } })),
      )
  }
}

// Examples of a text that say too little: an ordinal, a time, a day of the year, a number.
const examples: Readonly<Record<string, readonly string[]>> = {
  '12': ['1', '2', '3', '4', '5', '6', '7', '10', '12', '20'],
  '8th': ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th', '10th', '11th', '12th', '20th', '21st', '31st', '100th'],
  '30 June': [
    '30 June',
    '1 January',
    '28 February',
    '2 March',
    '3 April',
    '4 May',
    '5 July',
    '6 August',
    '7 September',
    '8 October',
    '9 November',
    '10 December',
  ],
  yes: ['yes', 'no'],
  'any for [check], both for [certify]': [
    'both',
    'any for [check, timetable], both for [certify]',
    'any for [check]',
    'both for [certify]',
  ],
}

function fieldsOf(shape: Extract<Shape, { readonly kind: 'fields' }>, turns: Turns): readonly Plain[] {
  const grouped = new Set(shape.either.flat())
  const valued = (shapes: Shapes, keys: readonly string[]) =>
    keys.map((key) => [key, valuesOf(shapes[key] as Shape, turns)] as const)
  const always = valued(shape.required, Object.keys(shape.required))
  const either = shape.either.map((keys) => valued(shape.optional, keys))
  const sometimes = valued(
    shape.optional,
    Object.keys(shape.optional).filter((key) => !grouped.has(key)),
  )
  const at = (values: readonly Plain[], i: number): Plain => values[i % values.length] ?? ''
  const base = (i: number): Readonly<Record<string, Plain>> => {
    const chosen = either.map((group) => group[i % group.length] ?? group[0]).filter((e) => e !== undefined)
    return Object.fromEntries([...always, ...chosen].map(([key, values]) => [key, at(values, key === 'id' ? 0 : i)]))
  }
  const many = Math.max(1, ...always.map(([, values]) => values.length), ...either.map((group) => group.length))
  const plain = Array.from({ length: many }, (_, i) => base(i))
  // One key at a time, so that what a key says stands beside nothing else; then all of them together, in which sentences must not run into one another.
  const single = sometimes.flatMap(([key, values]) => values.map((value, i) => ({ ...base(i), [key]: value })))
  const together = { ...base(0), ...Object.fromEntries(sometimes.map(([key, values]) => [key, at(values, 0)])) }
  return [...(shape.some ? [] : plain), ...single, together]
}

const ruleOf = (block: Plain): Rule | null => {
  const read = readBlock(treeOf(block))
  return read.kind === 'ok' && read.value.kind === 'rule' ? read.value.rule : null
}
const numberOne = 'kind: calendar\nzone: Europe/London\nholidays: []'
const provisionOf = (clause: string, rule: Rule, names: Names | null, own: Terms | null): Provision => ({
  clause: clause as ClauseId,
  rule,
  names,
  terms: own,
  basis: null,
})

/** A rulebook in which everything a block may name has a name in Welsh, and the rule under its own number. */
function around(rule: Rule): Rulebook {
  const empty = parsed(`## 1 Time\n\`\`\`rule\n${numberOne}\n\`\`\`\n`, 1)
  // Of a rule that gives a name nothing but its kind and id is read.
  const others = Object.entries(ids).flatMap(([kind, own]) =>
    own.map((id, i) => provisionOf(`8.${kind.length}${i}`, { kind, id, rulebook: id } as unknown as Rule, namesOf(id), null)),
  )
  return { ...empty, edition: edition(1), provisions: [provisionOf('9', rule, null, terms), ...others] }
}

/** All entries, in the order of the kinds; a block that says what one before it said in both languages is left out. */
export function phraseBook(): readonly Entry[] {
  const turns: Turns = new Map()
  return ruleKinds.flatMap((kind) => {
    const seen = new Set<string>()
    return [
      ...valuesOf(ruleCodecs[kind].shape, turns),
      ...(kind === 'electorate' ? electorates : kind === 'power' ? powers : kind === 'attribute' ? expiring : []),
    ].flatMap((fields): readonly Entry[] => {
      const rule = ruleOf({ kind, ...(fields as object) })
      assert(rule !== null, `a block that reads: ${JSON.stringify({ kind, ...(fields as object) })}`)
      const said = wordsLocales.map((locale) => words(around(rule), '9' as ClauseId, locale) ?? '')
      const key = said.join('\n')
      if (seen.has(key)) return []
      seen.add(key)
      return [{ kind, block: writeRule(rule), said }]
    })
  })
}

// Every expression at least once, whatever came round above.
const electorates: readonly Plain[] = [
  ...whos.map((who) => ({ id: 'members', who, 'cut-off': 'notice', 'late-evidence': 'none' })),
  ...moments.map((moment) => ({ id: 'members', who: 'standing active', 'cut-off': moment, 'late-evidence': 'none' })),
]
const powers: readonly Plain[] = [
  ...conditions.map((condition) => ({ act: 'endorse', pass: [condition] })),
  ...both(amounts).map((threshold) => ({ act: 'endorse', pass: [`yes ${threshold}`] })),
  ...amounts.map((amount) => ({ act: 'spend', limits: { 'up-to': amount } })),
]
const expiring: readonly Plain[] = durations.map((expires) => ({
  id: 'gender',
  values: ['woman'],
  evidence: 'declared',
  expires,
}))

/** The book as a text: kind after kind, block after block, what it says that nothing before it said, language after language. */
export function phraseBookText(): string {
  const seen = new Set<string>()
  let kind = ''
  return phraseBook()
    .map((entry) => {
      const fresh = entry.said.flatMap((text) => text.split('\n')).filter((line) => !seen.has(line))
      for (const line of fresh) seen.add(line)
      const heading = entry.kind === kind ? '' : `${entry.kind}\n\n`
      kind = entry.kind
      return fresh.length === 0 ? heading : `${heading}${fresh.join('\n')}\n`
    })
    .filter((part) => part !== '')
    .join('\n')
}
