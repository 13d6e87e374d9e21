// What is wrong with a BLT file, in Welsh; awaiting a native reader.
import { unreachable } from '@quorate/kernel'
import type { BltFault, BltFinding } from './blt-faults.ts'

/** A fault as a sentence for whoever mends the file. */
export function bltFaultTextInWelsh(fault: BltFault): string {
  switch (fault.kind) {
    case 'empty file':
      return 'nid oes gan y ffeil linell gyntaf â nifer yr ymgeiswyr a’r seddi'
    case 'bad first line':
      return 'rhaid i’r llinell gyntaf fod yn ddau rif cyfan: ymgeiswyr a seddi'
    case 'bad number of candidates':
      return `${fault.found} o ymgeiswyr: disgwylid 1 i ${fault.most}`
    case 'bad number of seats':
      return `${fault.found} o seddi: disgwylid rhif cyfan o 1 i fyny`
    case 'bad weight':
      return weightText(fault)
    case 'bad preference':
      return `nid yw "${fault.found}" yn rhif ymgeisydd, yn rhifau wedi’u cysylltu gan "=", nac yn "-" am safle a hepgorwyd`
    case 'unknown candidate':
      return `nid oes ymgeisydd ${fault.found}: ${fault.candidates} sydd yn ôl y llinell gyntaf`
    case 'repeated candidate':
      return `mae ymgeisydd ${fault.candidate + 1} ddwywaith ar y papur hwn`
    case 'text after the final 0':
      return 'mae rhywbeth ar ôl y 0 sy’n gorffen y papur hwn'
    case 'unclosed bracket':
      return `ni chaeir y "${fault.bracket}" ar y llinell hon`
    case 'repeated ballot id':
      return `defnyddiwyd y dynodydd papur "${fault.id}" o’r blaen: a yw papur yn y ffeil ddwywaith?`
    case 'bad option':
      return `rhaid i [${fault.option}] enwi pob un o’r ${fault.expected} ymgeisydd unwaith; cafwyd ${fault.found}`
    case 'bad nickname':
      return `mae’r llysenw "${fault.found}" wedi’i gymryd, neu byddai’n darllen fel rhif ymgeisydd arall`
    case 'too many papers':
      return 'mae cyfanswm y pwysau yn fwy nag y gellir ei gyfrif yn union'
    case 'no terminator':
      return 'daw’r ffeil i ben cyn y llinell ag un 0 sy’n gorffen y papurau'
    case 'bad name':
      return 'mae enw yn wag neu’n cynnwys nod rheoli'
    case 'too few names':
      return `daw’r ffeil i ben ar ôl ${fault.found} o ${fault.expected} enw ymgeiswyr`
    default:
      return unreachable(fault)
  }
}

function weightText({ found, why }: Extract<BltFault, { kind: 'bad weight' }>): string {
  switch (why) {
    case 'fraction':
      return `pwysau o ${found}: dim ond papurau cyfan y gellir eu cyfrif`
    case 'negative':
      return `pwysau o ${found}: saif ymgeiswyr a dynnodd yn ôl ar linell eu hunain, cyn y papurau`
    case 'zero':
      return 'pwysau o 0: mae 0 ar ei ben ei hun ar linell yn gorffen y papurau'
    case 'too large':
      return `mae pwysau o ${found} yn rhy fawr i’w gyfrif yn union`
    case 'not a number':
      return `mae papur yn dechrau â rhif cyfan, sef faint ohono sydd; cafwyd "${found}"`
    default:
      return unreachable(why)
  }
}

/** A finding as a sentence. */
export function bltFindingTextInWelsh(finding: BltFinding): string {
  switch (finding.kind) {
    case 'more seats than candidates':
      return `${finding.seats} o seddi i ${finding.candidates} o ymgeiswyr: bydd rhai yn aros yn wag`
    case 'text after the title':
      return `anwybyddwyd ar ôl y teitl: ${finding.texts.map((text) => `"${text}"`).join(', ')}`
    case 'not UTF-8':
      return `nid yw llinell ${finding.line} yn UTF-8: fe’i darllenwyd fel Latin-1`
    case 'unknown option':
      return `llinell ${finding.line}: anwybyddwyd y dewis [${finding.option}]`
    case 'ballot ids':
      return finding.reading === 'before the weight'
        ? 'darllenwyd bod dynodyddion y papurau o flaen y pwysau'
        : 'darllenwyd bod dynodyddion y papurau yn lle’r pwysau'
    default:
      return unreachable(finding)
  }
}
