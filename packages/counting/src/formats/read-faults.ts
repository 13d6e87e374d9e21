// What is wrong with a file, as sentences without a full stop, for whoever mends it.
import { bltFaultText } from './blt-faults.ts'
import type { AbcFault } from './abc-yaml.ts'
import type { PbFault } from '../budget/pabulib.ts'
import type { CvrFault } from './cvr.ts'
import type { GradesCsvFault } from './grades-csv.ts'
import type { PreflibFault } from './preflib.ts'
import type { ReadFault } from './box-reader.ts'
import { readFaultTextInWelsh } from './read-faults-welsh.ts'

/** Where a fault is: line and column from 1, or null where the form of the file has none. */
export function placeOf({ fault }: ReadFault): { readonly line: number; readonly column: number } | null {
  return 'line' in fault ? { line: fault.line, column: fault.column } : null
}

/** What is wrong there, in a language. */
export const readFaultText = (read: ReadFault, language: 'en' | 'cy' = 'en'): string =>
  language === 'cy' ? readFaultTextInWelsh(read) : readFaultTextInEnglish(read)

function readFaultTextInEnglish(read: ReadFault): string {
  switch (read.format) {
    case 'blt':
      return bltFaultText(read.fault)
    case 'preflib':
      return preflibText(read.fault)
    case 'pb':
      return pbText(read.fault)
    case 'csv':
      return csvText(read.fault)
    case 'cvr':
      return cvrText(read.fault)
    case 'abc':
      return abcText(read.fault)
    case 'any':
      return read.fault.kind === 'no scale'
        ? 'a table of grades is read by its scale, which must be said'
        : `the file holds something that is no election: ${read.fault.what}`
  }
}

const notText = 'the file is not text in UTF-8'

function preflibText({ kind, text }: PreflibFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'empty':
      return 'the file is empty'
    case 'missing key':
      return `the head of the file has no line “# ${text}”`
    case 'not a number':
      return `“${text}” is not a whole number`
    case 'bad line':
      return `“${text}” is neither a line of the head nor papers with their number before them`
    case 'bad order':
      return `“${text}” is not an order: numbers with commas between, those at one rank in braces`
    case 'unknown candidate':
      return `there is no candidate ${text}`
    case 'candidate twice':
      return `candidate ${text} stands twice on this paper`
    case 'counts disagree':
      return `the head of the file says otherwise than its papers: ${text}`
  }
}

function pbText({ kind, text }: PbFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'no section':
      return `a section is missing: ${text === '' ? 'META, PROJECTS or VOTES' : text}`
    case 'unknown section':
      return `there is no section “${text}”`
    case 'no columns':
      return 'a section has no line with the names of its columns'
    case 'open quote':
      return 'a quoted cell is never closed'
    case 'ragged row':
      return 'this row has more or fewer cells than its section has columns'
    case 'missing key':
      return `“${text}” is missing`
    case 'not a number':
      return `“${text}” is not a number`
    case 'unknown vote type':
      return `votes of the type “${text}” are not known: approval, ordinal, cumulative or scoring`
    case 'blank cost':
      return 'this project has no cost'
    case 'repeated project':
      return `project “${text}” stands twice`
    case 'unknown project':
      return `there is no project “${text}”`
    case 'project twice':
      return `project “${text}” stands twice in this vote`
    case 'points do not match':
      return 'there are more or fewer points than projects in this vote'
  }
}

function csvText({ kind, text }: GradesCsvFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'empty':
      return 'the file is empty: its first row names the candidates'
    case 'open quote':
      return 'a quoted cell is never closed, or something follows its closing quote'
    case 'ragged row':
      return 'this row has more or fewer cells than the first'
    case 'no candidates':
      return 'no column names a candidate'
    case 'repeated column':
      return `two columns are called “${text}”`
    case 'bad weight':
      return `“${text}” is not how many papers there are: a whole number from 1 up`
    case 'bad rank':
      return `“${text}” is not a rank: a whole number from 1 up, or nothing`
    case 'candidate twice':
      return `“${text}” stands twice in this row`
    case 'overvote':
      return `“${text}” does not say who was marked: cast vote records (JSON) or a BLT file with “=” do`
    case 'bad grade':
      return `“${text}” is not a grade of the scale`
  }
}

function cvrText({ kind, path, text }: CvrFault): string {
  const at = path === '' ? '' : ` (at ${path})`
  switch (kind) {
    case 'not text':
      return notText
    case 'not json':
      return 'the file is not JSON'
    case 'not a report':
      return `the file is no report of cast vote records${at}`
    case 'no such contest':
      return text === '' ? `the file names no contest${at}` : `there is no contest “${text}”${at}`
    case 'contest not named':
      return `the file holds several contests, so one must be named: ${text}`
    case 'ambiguous snapshot':
      return `a record does not say which of its snapshots is the current one${at}`
    case 'unknown selection':
      return `“${text}” is no choice of this contest${at}`
    case 'no rank':
      return `a mark has no rank, or one that is not a whole number${at}`
    case 'write-in':
      return `a voter wrote in “${text}”, and nobody has settled who that is${at}`
  }
}

function abcText({ kind, text }: AbcFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'missing key':
      return `“${text}:” is missing`
    case 'not a number':
      return `“${text}” is not a whole number`
    case 'bad list':
      return `“${text}” is not a list of lists of candidates, numbered from 0`
    case 'unknown candidate':
      return `there is no candidate ${text}: they are numbered from 0`
    case 'candidate twice':
      return `candidate ${text} stands twice on this paper`
  }
}
