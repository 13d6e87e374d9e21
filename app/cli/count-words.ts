// What `quorate count` says when it cannot count, and its list of methods.
import type { ChoiceFault, ChoicePoint, CountFailure, CountMethod, LotOrder, TiePurpose } from '@quorate/counting'

const families: readonly (readonly [CountMethod['family'], string])[] = [
  ['stv', 'Transferable votes'],
  ['single', 'One winner, and most votes'],
  ['pairs', 'Comparisons in pairs'],
  ['grades', 'Grades and points'],
  ['approvals', 'Committees by approval'],
  ['budget', 'Budgets'],
  ['majority', 'Yes or no'],
]

const bare = (id: string): string => id.replace(/@\d+$/, '')

/** What a point takes: `last|no-opinion`, or a form in words. */
function takesText({ values, form }: ChoicePoint): string {
  const free = {
    'whole number': 'N',
    fraction: 'N/D',
    candidate: 'NAME',
    scale: 'LOW-HIGH',
    condition: 'CONDITION',
    ratios: 'NAME=N:D,…',
  }
  return [...values, ...(form === null ? [] : [free[form]])].join('|')
}

/** All methods, family by family, with their authority and what they leave open. */
export function methodsText(methods: readonly CountMethod[]): string {
  const parts = families.flatMap(([family, title]) => {
    const own = methods.filter((method) => method.family === family)
    if (own.length === 0) return []
    const lines = own.flatMap(({ id, authority, open }) => [
      `  ${bare(id).padEnd(38)} ${authority}`,
      ...open.map(
        (point) => `      ${point.optional ? '[' : ''}--param ${point.name}=${takesText(point)}${point.optional ? ']' : ''}`,
      ),
    ])
    return [`${title}\n${lines.join('\n')}`]
  })
  return `${parts.join('\n\n')}\n`
}

/** Why a method cannot be set up. */
export function choiceText(fault: ChoiceFault): string {
  switch (fault.kind) {
    case 'unknown method':
      return `there is no method "${fault.name}"; quorate count --methods lists them`
    case 'unknown param': {
      const known = fault.method.open.map(({ name }) => name).join(', ')
      return `${fault.method.id} has no param "${fault.name}"${known === '' ? ': it leaves nothing open' : `. Known: ${known}`}`
    }
    case 'bad value': {
      const { name, values, form } = fault.point
      const words = values.length === 0 ? '' : `one of ${values.join(', ')}`
      const free = form === null ? '' : `${words === '' ? '' : ', or '}${formTexts[form]}`
      return `--param ${name} is ${words}${free}, not "${fault.value}"`
    }
    case 'not chosen': {
      const lines = fault.points.map((point) => `  --param ${point.name}=${takesText(point)}\n      ${point.about}`)
      return `the rule leaves open, and you must say:\n${lines.join('\n')}`
    }
  }
}

const formTexts = {
  'whole number': 'a whole number',
  fraction: 'a fraction such as 1/2',
  candidate: 'a candidate by name or number',
  scale: 'the lowest and the highest grade, such as 0-5',
  condition: 'a condition such as at-least:2/3:votes-cast',
  ratios: 'options with their ratio, such as 2=3:1',
} as const

const tieWords: Readonly<Record<TiePurpose, string>> = {
  exclusion: 'one of them is to be excluded',
  surplus: 'the surplus of one of them goes first',
  election: 'there is a place for one of them',
}

const boxWords = {
  rankings: 'papers that rank candidates',
  approvals: 'papers that approve candidates',
  grades: 'papers that grade candidates (a table with --param scale=LOW-HIGH)',
  budget: 'a budget with projects and costs (.pb)',
} as const

/** Why there is no count: in English, but for why bounds cannot be kept. */
export function failureText(failure: CountFailure, names: readonly string[], language: 'en' | 'cy'): string {
  switch (failure.kind) {
    case 'lot needed': {
      const tied = failure.tied.map((c) => names[c] ?? `candidate ${c + 1}`).join(', ')
      return failure.at === null
        ? `the rule cannot tell ${tied === '' ? 'some candidates' : tied} apart. It decides by lot, and no lot was given.`
        : `stage ${failure.at.stage}: ${tied} are level at every stage that could tell them apart, and ${tieWords[failure.at.purpose]}. Rule ${failure.at.clause} decides by lot, and no lot was given.`
    }
    case 'bad lot order':
      return 'the lot order does not name each candidate once'
    case 'bad param':
      return `the method cannot take the value of ${failure.param} for these papers`
    case 'bad papers':
      return `the file holds something that cannot be counted: ${failure.what}`
    case 'one place only':
      return 'the method fills one place: give --seats 1'
    case 'nobody stands':
      return 'every candidate withdrew'
    case 'other papers':
      return `the method counts ${boxWords[failure.needs]}, and the file holds ${boxWords[failure.found]}`
    case 'approved how':
      return 'the papers rank candidates. Say what a paper approves: --param approved=named (all it names) or --param approved=first (its first rank)'
    case 'bounds cannot be kept':
      return failure.texts[language].replace(/\.$/, '')
    case 'bad bounds':
      return `the quota rules do not fit: ${failure.what}`
    case 'no second round':
      return 'the first round decided, so there is no second: leave --second-round out'
    case 'wrong second round':
      return 'the papers of the second round are not those of this election: it is between those who go on, and nobody else stands in it'
    case 'too much to search':
      return 'there are more committees or ties than can be gone through. A rule that works step by step has no such limit.'
  }
}

/** What to do about it; undefined where the failure says so itself. */
export function helpAfter(failure: CountFailure, inFile: LotOrder | null): string | undefined {
  if (failure.kind !== 'lot needed') return undefined
  const own = inFile === null ? '' : `\nThe file itself has an order: --lot ${inFile.map((c) => c + 1).join(',')}`
  return `Draw a lot in public, then give it: --lot-seed WORDS, or --lot with all candidates in order.${own}`
}
