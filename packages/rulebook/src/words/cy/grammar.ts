import { figure } from '../en/names.ts'

/** How a position changes the first consonant of the word that stands in it. */
export type Mutation = 'plain' | 'soft' | 'nasal' | 'aspirate'

/** A noun phrase or verb-noun that can stand anywhere: asked for the mutation its position causes, it says itself. */
export type Phrase = (mutation: Mutation) => string

/** A phrase no position changes: one that begins with the article, a figure, a quotation mark or a vowel. */
export const fixed =
  (text: string): Phrase =>
  () =>
    text

// Gramadeg y Gymraeg (P. W. Thomas, 1996), the three mutations. Longer spellings first, so that `ll` and `rh` are not taken for other letters.
const changes: Readonly<Record<Exclude<Mutation, 'plain'>, readonly (readonly [string, string])[]>> = {
  soft: [
    ['ll', 'l'],
    ['rh', 'r'],
    ['ch', 'ch'],
    ['ph', 'ph'],
    ['th', 'th'],
    ['dd', 'dd'],
    ['p', 'b'],
    ['t', 'd'],
    ['c', 'g'],
    ['b', 'f'],
    ['d', 'dd'],
    ['g', ''],
    ['m', 'f'],
  ],
  nasal: [
    ['ch', 'ch'],
    ['ph', 'ph'],
    ['th', 'th'],
    ['dd', 'dd'],
    ['p', 'mh'],
    ['t', 'nh'],
    ['c', 'ngh'],
    ['b', 'm'],
    ['d', 'n'],
    ['g', 'ng'],
  ],
  aspirate: [
    ['ch', 'ch'],
    ['ph', 'ph'],
    ['th', 'th'],
    ['p', 'ph'],
    ['t', 'th'],
    ['c', 'ch'],
  ],
}

/**
 * A word of our own vocabulary, mutated by the regular table. Never for names: borrowed words such as `grŵp` and `gêm` keep their first
 * letter, and only their author knows.
 */
export function mutated(word: string, mutation: Mutation): string {
  if (mutation === 'plain') return word
  const found = changes[mutation].find(([from]) => word.startsWith(from))
  return found === undefined ? word : `${found[1]}${word.slice(found[0].length)}`
}

/** Whether a word can look different under a mutation at all: then its stored form is needed, else it is its own. */
export const changesUnder = (word: string, mutation: Mutation): boolean => mutated(word, mutation) !== word

/** A word of our own vocabulary in every mutation. */
export const own =
  (word: string): Phrase =>
  (mutation) =>
    mutated(word, mutation)

/** Where the spoken form begins with a vowel: letters, and figures as they are read (1 `un`, 8 `wyth`, 11 and 16 `un ar …`, 80 `wyth deg`). */
const beginsWithVowel = (text: string): boolean => /^[“[(]?(?:[aeiouwyâêîôûŵŷáéíóúï]|(?:[18]|1[16]|8\d)(?!\d))/i.test(text)

/** The little words that lead a phrase: the mutation each causes, what it is before a vowel, and whether the article joins it as ’r. */
const leads = {
  i: { causes: 'soft', vowel: 'i', joins: true },
  o: { causes: 'soft', vowel: 'o', joins: true },
  neu: { causes: 'soft', vowel: 'neu', joins: true },
  drwy: { causes: 'soft', vowel: 'drwy', joins: true },
  gan: { causes: 'soft', vowel: 'gan', joins: false },
  ar: { causes: 'soft', vowel: 'ar', joins: false },
  unrhyw: { causes: 'soft', vowel: 'unrhyw', joins: false },
  'hyd at': { causes: 'soft', vowel: 'hyd at', joins: false },
  'oddi wrth': { causes: 'soft', vowel: 'oddi wrth', joins: false },
  a: { causes: 'aspirate', vowel: 'ac', joins: true },
  â: { causes: 'aspirate', vowel: 'ag', joins: true },
  na: { causes: 'aspirate', vowel: 'na', joins: true },
  than: { causes: 'aspirate', vowel: 'nag', joins: true },
  yw: { causes: 'plain', vowel: 'yw', joins: true },
  mae: { causes: 'plain', vowel: 'mae', joins: true },
  fo: { causes: 'plain', vowel: 'fo', joins: true },
  bennu: { causes: 'plain', vowel: 'bennu', joins: true },
  yn: { causes: 'nasal', vowel: 'yn', joins: false },
} as const satisfies Readonly<Record<string, { causes: Mutation; vowel: string; joins: boolean }>>
/** A leading word. `na` is “nor”, `than` is the `na(g)` of comparison, `yn` is “in”. */
export type Lead = keyof typeof leads

/** A phrase after the word that leads it: `i’r pwyllgor`, `i glerc y panel`, `a chlerc y panel`, `yng ngham (6)`. */
export function led(lead: Lead, phrase: Phrase): string {
  const { causes, vowel, joins } = leads[lead]
  const text = phrase(causes)
  const bare = text.replace(/^yr? /, '')
  if (joins && bare !== text) return `${lead === 'than' ? 'na' : lead}’r ${bare}`
  if (lead === 'yn') return `${/^ng/.test(text) ? 'yng' : /^m/.test(text) ? 'ym' : 'yn'} ${text}`
  if (lead === 'na' && beginsWithVowel(text)) return `nac ${text}`
  // `ac`, not `a`, stands before these although they begin with a consonant.
  if (lead === 'a' && /^(?:nid?|nad?|mae|fel|felly|hefyd)(?!\p{L})/u.test(text)) return `ac ${text}`
  return `${beginsWithVowel(text) ? vowel : lead === 'than' ? 'na' : lead} ${text}`
}

const listed =
  (lead: 'neu' | 'a' | 'na') =>
  (parts: readonly Phrase[]): Phrase => {
    const [first, ...rest] = parts
    const last = rest.pop()
    return (mutation) => {
      const head = first?.(mutation) ?? ''
      if (last === undefined) return head
      return `${[head, ...rest.map((part) => part('plain'))].join(', ')} ${led(lead, last)}`
    }
  }
/** `a, b neu c`: any of them. The position changes the first, `neu` the last. */
export const anyOf = listed('neu')
/** `a, b ac c`: all of them. */
export const allOf = listed('a')
/** `a, b na c`: none of them, after a negative verb. */
export const noneOf = listed('na')

/** Units of time a number counts, their forms by the word before them when the number is read aloud. */
type CountedUnit = 'diwrnod' | 'blynedd' | 'mis' | 'munud' | 'awr' | 'wythnos' | 'gwaith'

// The last word before the noun in the traditional count, by the number modulo 20: `pedwar diwrnod ar ddeg`, `wyth niwrnod ar hugain`.
const lastWord = [
  'ugain',
  'un',
  'dau',
  'tri',
  'pedwar',
  'pum',
  'chwe',
  'saith',
  'wyth',
  'naw',
  'deng',
  'un',
  'deuddeng',
  'tri',
  'pedwar',
  'pymtheng',
  'un',
  'dau',
  'deunaw',
  'pedwar',
] as const
const nasalises: ReadonlySet<string> = new Set(['pum', 'saith', 'wyth', 'naw', 'deng', 'deuddeng', 'pymtheng', 'deunaw', 'ugain'])

const unitForms: Readonly<Record<CountedUnit, (n: number, last: string) => string>> = {
  diwrnod: (n, last) => (n > 0 && nasalises.has(last) ? 'niwrnod' : last === 'dau' ? 'ddiwrnod' : 'diwrnod'),
  blynedd: (n, last) => {
    if (n === 1) return 'flwyddyn'
    if (last === 'dau') return 'flynedd'
    return n > 0 && (last === 'un' || nasalises.has(last)) ? 'mlynedd' : 'blynedd'
  },
  mis: (_, last) => (last === 'dau' ? 'fis' : 'mis'),
  munud: (_, last) => (last === 'dau' ? 'funud' : 'munud'),
  awr: () => 'awr',
  wythnos: () => 'wythnos',
  gwaith: (n) => (n === 1 || n === 2 ? 'waith' : 'gwaith'),
}

/**
 * A number and its unit, the unit mutated by the number as it is read: `14 diwrnod`, `28 niwrnod`, `2 flynedd`, `3 blynedd`, `5 mlynedd`.
 * Figures are read in the traditional count, as Welsh legislation writes them (`28 niwrnod`, S.I. 2021/77 (Cy. 20), reg. 31(1)).
 */
export const counted = (n: number, unit: CountedUnit): string => `${figure(n)} ${unitForms[unit](n, lastWord[n % 20] ?? '')}`

/** People and things by number: `1 person`, `60 o bobl`; the plural stands after `o` and is softened. */
export const numberOf = (n: number, one: string, manySoft: string): string =>
  n === 1 ? `1 ${one}` : `${figure(n)} o ${manySoft}`

const ordinalSuffix = (n: number): string => {
  const early = [
    '',
    'af',
    'il',
    'ydd',
    'ydd',
    'ed',
    'ed',
    'fed',
    'fed',
    'fed',
    'fed',
    'eg',
    'fed',
    'eg',
    'eg',
    'fed',
    'eg',
    'eg',
    'fed',
    'eg',
    'fed',
  ]
  return early[n] ?? (n % 20 === 0 ? 'fed' : 'ain')
}
/** `y diwrnod 1af`, `yr 2il ddiwrnod`, `y 3ydd diwrnod`, `yr 8fed diwrnod`, `yr 21ain diwrnod`. */
export function dayOrdinal(n: number): string {
  if (n === 1) return 'y diwrnod 1af'
  const last = n % 20
  const article = [1, 2, 8, 11, 16, 17].includes(last) ? 'yr' : 'y'
  return `${article} ${n}${ordinalSuffix(n)} ${last === 2 || last === 17 ? 'ddiwrnod' : 'diwrnod'}`
}

// A sentence has at most 30 words; a list is told in line as long as it leaves room for what stands before it.
const inLineMax = 24
/** (a), (b), … (z), (aa). */
export const letter = (i: number): string => (i < 26 ? String.fromCharCode(97 + i) : `a${letter(i - 26)}`)

/** Lettered limbs below a lead, each in its plain form. */
export const limbs = (lead: string, items: readonly string[]): string =>
  `${lead}:${items.map((item, i) => `\n  (${letter(i)}) ${item}`).join(';')}`

/**
 * A list at the end of a sentence: in line after its lead, or, where it would make the sentence too long, as lettered limbs after a lead
 * that ends the sentence by itself. `mutation` is what the lead in line causes.
 */
export function listedAfter(
  lead: string,
  list: (parts: readonly Phrase[]) => Phrase,
  items: readonly Phrase[],
  { mutation = 'plain', below }: { readonly mutation?: Mutation; readonly below: string },
): string {
  const line = `${lead} ${list(items)(mutation)}`
  return line.split(' ').length <= inLineMax
    ? line
    : limbs(
        below,
        items.map((item) => item('plain')),
      )
}
