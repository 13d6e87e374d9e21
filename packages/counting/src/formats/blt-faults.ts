import { unreachable } from '@quorate/kernel'

/** Why a ballot file was refused, and where: line and column from 1, columns in UTF-16 units. Closed; `kind` decides. */
export type BltFault = { readonly line: number; readonly column: number } & (
  | { readonly kind: 'empty file' }
  | { readonly kind: 'bad first line' }
  | { readonly kind: 'bad number of candidates'; readonly found: string; readonly most: number }
  | { readonly kind: 'bad number of seats'; readonly found: string }
  | {
      readonly kind: 'bad weight'
      readonly found: string
      readonly why: 'fraction' | 'negative' | 'zero' | 'too large' | 'not a number'
    }
  | { readonly kind: 'bad preference'; readonly found: string }
  | { readonly kind: 'unknown candidate'; readonly found: string; readonly candidates: number }
  | { readonly kind: 'repeated candidate'; readonly candidate: number }
  | { readonly kind: 'text after the final 0' }
  | { readonly kind: 'unclosed bracket'; readonly bracket: '(' | '[' }
  | { readonly kind: 'repeated ballot id'; readonly id: string }
  | { readonly kind: 'bad option'; readonly option: 'nick' | 'tie'; readonly expected: number; readonly found: number }
  | { readonly kind: 'bad nickname'; readonly found: string }
  | { readonly kind: 'too many papers' }
  | { readonly kind: 'no terminator' }
  | { readonly kind: 'bad name' }
  | { readonly kind: 'too few names'; readonly expected: number; readonly found: number }
)

/** Something odd in a file that could be read. */
export type BltFinding =
  | { readonly kind: 'more seats than candidates'; readonly seats: number; readonly candidates: number }
  | { readonly kind: 'text after the title'; readonly texts: readonly string[] }
  /** Read as Latin-1, as older programs wrote it. */
  | { readonly kind: 'not UTF-8'; readonly line: number }
  | { readonly kind: 'unknown option'; readonly line: number; readonly option: string }
  /** OpenSTV writes `(id) 1 prefs`, Droop `(id) prefs`: which of the two this file was read as. */
  | { readonly kind: 'ballot ids'; readonly reading: 'before the weight' | 'in place of the weight' }

/** A fault as a sentence for whoever mends the file; `bltFaultTextInWelsh` says it in Welsh. */
export function bltFaultText(fault: BltFault): string {
  switch (fault.kind) {
    case 'empty file':
      return 'the file has no first line with the number of candidates and of seats'
    case 'bad first line':
      return 'the first line must be two whole numbers: candidates and seats'
    case 'bad number of candidates':
      return `${fault.found} candidates: expected 1 to ${fault.most}`
    case 'bad number of seats':
      return `${fault.found} seats: expected a whole number from 1 up`
    case 'bad weight':
      return weightText(fault)
    case 'bad preference':
      return `"${fault.found}" is not a candidate's number, numbers joined by "=", or "-" for a skipped rank`
    case 'unknown candidate':
      return `there is no candidate ${fault.found}: the first line says ${fault.candidates}`
    case 'repeated candidate':
      return `candidate ${fault.candidate + 1} stands twice on this paper`
    case 'text after the final 0':
      return 'there is something after the 0 that ends this paper'
    case 'unclosed bracket':
      return `the "${fault.bracket}" is never closed on this line`
    case 'repeated ballot id':
      return `ballot id "${fault.id}" has been used before: is a paper in the file twice?`
    case 'bad option':
      return `[${fault.option}] must name each of the ${fault.expected} candidates once, found ${fault.found}`
    case 'bad nickname':
      return `the nickname "${fault.found}" is taken, or would read as another candidate's number`
    case 'too many papers':
      return 'the weights add up to more than can be counted exactly'
    case 'no terminator':
      return 'the file ends before the line with a single 0 that ends the papers'
    case 'bad name':
      return 'a name is blank or holds a control character'
    case 'too few names':
      return `the file ends after ${fault.found} of ${fault.expected} candidates' names`
    default:
      return unreachable(fault)
  }
}

function weightText({ found, why }: Extract<BltFault, { kind: 'bad weight' }>): string {
  switch (why) {
    case 'fraction':
      return `a weight of ${found}: only whole papers can be counted`
    case 'negative':
      return `a weight of ${found}: withdrawn candidates stand on a line of their own, before the papers`
    case 'zero':
      return 'a weight of 0: a single 0 on its line ends the papers'
    case 'too large':
      return `a weight of ${found} is too large to be counted exactly`
    case 'not a number':
      return `a paper begins with a whole number, how many there are of it; found "${found}"`
    default:
      return unreachable(why)
  }
}

/** A finding as a sentence. */
export function bltFindingText(finding: BltFinding): string {
  switch (finding.kind) {
    case 'more seats than candidates':
      return `${finding.seats} seats for ${finding.candidates} candidates: some will stay unfilled`
    case 'text after the title':
      return `passed over after the title: ${finding.texts.map((text) => `"${text}"`).join(', ')}`
    case 'not UTF-8':
      return `line ${finding.line} is not UTF-8: read as Latin-1`
    case 'unknown option':
      return `line ${finding.line}: option [${finding.option}] passed over`
    case 'ballot ids':
      return `ballot ids read as standing ${finding.reading}`
    default:
      return unreachable(finding)
  }
}
