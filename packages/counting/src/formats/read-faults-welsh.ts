// What is wrong with a file, in Welsh; awaiting a native reader.
import { bltFaultTextInWelsh } from './blt-faults-welsh.ts'
import type { AbcFault } from './abc-yaml.ts'
import type { PbFault } from '../budget/pabulib.ts'
import type { ReadFault } from './box-reader.ts'
import type { CvrFault } from './cvr.ts'
import type { GradesCsvFault } from './grades-csv.ts'
import type { PreflibFault } from './preflib.ts'

/** What is wrong there. */
export function readFaultTextInWelsh(read: ReadFault): string {
  switch (read.format) {
    case 'blt':
      return bltFaultTextInWelsh(read.fault)
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
        ? 'darllenir tabl o raddau yn ôl ei raddfa, a rhaid ei dweud'
        : `mae’r ffeil yn dal rhywbeth nad yw’n etholiad: ${read.fault.what}`
  }
}

const notText = 'nid testun mewn UTF-8 yw’r ffeil'

function preflibText({ kind, text }: PreflibFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'empty':
      return 'mae’r ffeil yn wag'
    case 'missing key':
      return `nid oes llinell “# ${text}” ym mhen y ffeil`
    case 'not a number':
      return `nid rhif cyfan yw “${text}”`
    case 'bad line':
      return `nid llinell o ben y ffeil yw “${text}”, na phapurau â’u nifer o’u blaen`
    case 'bad order':
      return `nid trefn yw “${text}”: rhifau â chomas rhyngddynt, a’r rhai ar yr un safle mewn bachau cyrliog`
    case 'unknown candidate':
      return `nid oes ymgeisydd ${text}`
    case 'candidate twice':
      return `mae ymgeisydd ${text} ddwywaith ar y papur hwn`
    case 'counts disagree':
      return `mae pen y ffeil yn dweud yn wahanol i’w phapurau: ${text}`
  }
}

function pbText({ kind, text }: PbFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'no section':
      return `mae adran ar goll: ${text}`
    case 'unknown section':
      return `nid oes adran “${text}”`
    case 'no columns':
      return 'nid oes gan adran linell ag enwau ei cholofnau'
    case 'open quote':
      return 'ni chaeir cell mewn dyfynodau'
    case 'ragged row':
      return 'mae gan y rhes hon fwy neu lai o gelloedd nag sydd o golofnau yn ei hadran'
    case 'missing key':
      return `mae “${text}” ar goll`
    case 'not a number':
      return `nid rhif yw “${text}”`
    case 'unknown vote type':
      return `nid yw pleidleisiau o’r math “${text}” yn hysbys: approval, ordinal, cumulative neu scoring`
    case 'blank cost':
      return 'nid oes cost i’r prosiect hwn'
    case 'repeated project':
      return `mae prosiect “${text}” yno ddwywaith`
    case 'unknown project':
      return `nid oes prosiect “${text}”`
    case 'project twice':
      return `mae prosiect “${text}” ddwywaith yn y bleidlais hon`
    case 'points do not match':
      return 'mae mwy neu lai o bwyntiau na phrosiectau yn y bleidlais hon'
  }
}

function csvText({ kind, text }: GradesCsvFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'empty':
      return 'mae’r ffeil yn wag: ei rhes gyntaf sy’n enwi’r ymgeiswyr'
    case 'open quote':
      return 'ni chaeir cell mewn dyfynodau, neu mae rhywbeth yn dilyn y dyfynnod sy’n ei chau'
    case 'ragged row':
      return 'mae gan y rhes hon fwy neu lai o gelloedd na’r gyntaf'
    case 'no candidates':
      return 'nid oes colofn sy’n enwi ymgeisydd'
    case 'repeated column':
      return `enw dwy golofn yw “${text}”`
    case 'bad weight':
      return `nid yw “${text}” yn dweud faint o bapurau sydd: rhif cyfan o 1 i fyny`
    case 'bad rank':
      return `nid safle yw “${text}”: rhif cyfan o 1 i fyny, neu ddim`
    case 'candidate twice':
      return `mae “${text}” ddwywaith yn y rhes hon`
    case 'overvote':
      return `nid yw “${text}” yn dweud pwy a farciwyd: mae cofnodion pleidleisiau (JSON) neu ffeil BLT gydag “=” yn dweud hynny`
    case 'bad grade':
      return `nid gradd o’r raddfa yw “${text}”`
  }
}

function cvrText({ kind, path, text }: CvrFault): string {
  const at = path === '' ? '' : ` (yn ${path})`
  switch (kind) {
    case 'not text':
      return notText
    case 'not json':
      return 'nid JSON yw’r ffeil'
    case 'not a report':
      return `nid adroddiad o gofnodion pleidleisiau yw’r ffeil${at}`
    case 'no such contest':
      return text === '' ? `nid yw’r ffeil yn enwi cystadleuaeth${at}` : `nid oes cystadleuaeth “${text}”${at}`
    case 'contest not named':
      return `mae sawl cystadleuaeth yn y ffeil, felly rhaid enwi un: ${text}`
    case 'ambiguous snapshot':
      return `nid yw cofnod yn dweud pa un o’i gipluniau yw’r un cyfredol${at}`
    case 'unknown selection':
      return `nid yw “${text}” yn ddewis yn y gystadleuaeth hon${at}`
    case 'no rank':
      return `nid oes safle i farc, neu nid yw’n rhif cyfan${at}`
    case 'write-in':
      return `ysgrifennodd pleidleisiwr yr enw “${text}” nad oes neb wedi penderfynu pwy yw${at}`
  }
}

function abcText({ kind, text }: AbcFault): string {
  switch (kind) {
    case 'not text':
      return notText
    case 'missing key':
      return `mae “${text}:” ar goll`
    case 'not a number':
      return `nid rhif cyfan yw “${text}”`
    case 'bad list':
      return `nid rhestr o restrau o ymgeiswyr, wedi’u rhifo o 0, yw “${text}”`
    case 'unknown candidate':
      return `nid oes ymgeisydd ${text}: maent wedi’u rhifo o 0`
    case 'candidate twice':
      return `mae ymgeisydd ${text} ddwywaith ar y papur hwn`
  }
}
