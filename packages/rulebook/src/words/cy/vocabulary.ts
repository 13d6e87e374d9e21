import type { TypeOf } from '../../language/codec.ts'
import type { method as methodCodec } from '../../schema/counting.ts'
import type { powerName } from '../../schema/powers.ts'
import type { channel as channelCodec } from '../../schema/shared.ts'
import type { Stage } from '../../schema/stages.ts'
import { own, type Phrase } from './grammar.ts'

// Terms of elections as in the Local Elections (Principal Areas) (Wales) Rules 2021, S.I. 2021/1459 (Cy. 374), Welsh text: `swyddog
// canlyniadau`, `pleidlais gudd` (rule 21), `hysbysiad etholiad`, `enwebu`; and S.I. 2023/1064 (Cy. 180): `pleidlais sengl drosglwyddadwy`.

/** What a power does, as a verb-noun phrase after `caiff`, `i` or `yw`. */
export const powerWords: Readonly<Record<TypeOf<typeof powerName>, Phrase>> = {
  'amend-rulebook': own('newid y rheolau hyn'),
  'adopt-policy': own('mabwysiadu polisi'),
  'set-priorities': own('gosod blaenoriaethau'),
  endorse: own('cymeradwyo ymgeisydd'),
  elect: own('ethol'),
  'fill-vacancy': own('llenwi sedd wag'),
  recall: own('galw rhywun yn ôl o swydd'),
  admit: own('derbyn aelod'),
  suspend: own('atal aelod'),
  exclude: own('diarddel aelod'),
  readmit: own('aildderbyn aelod'),
  'recognise-group': own('cydnabod grŵp'),
  'derecognise-group': own('cau grŵp'),
  affiliate: own('ymaelodi â chorff'),
  disaffiliate: own('ymadael â chorff'),
  proscribe: own('gwahardd sefydliad'),
  'issue-statement': own('siarad ar ran y mudiad'),
  'call-meeting': own('galw cyfarfod'),
  'call-ballot': own('galw pleidlais'),
  postpone: own('gohirio'),
  spend: own('gwario arian'),
  appoint: own('penodi i swydd'),
  'delegate-power': own('dirprwyo pŵer'),
  'emergency-measure': own('cymryd mesur brys'),
  resolve: own('pasio penderfyniad heb effaith'),
  dissolve: own('diddymu’r mudiad'),
}

/** What a method of counting is called, after `drwy`. */
export const methodWords: Readonly<Record<TypeOf<typeof methodCodec>, Phrase>> = {
  'yes-no': own('pleidlais o blaid neu yn erbyn'),
  plurality: own('y nifer mwyaf o bleidleisiau'),
  'two-round': own('dwy rownd'),
  'instant-run-off': own('y bleidlais amgen'),
  'scottish-stv': own('y bleidlais sengl drosglwyddadwy, fel yn yr Alban'),
  'nz-meek': own('y bleidlais sengl drosglwyddadwy yn ôl Meek, fel yn Seland Newydd'),
  'reference-meek': own('y bleidlais sengl drosglwyddadwy yn ôl Meek, fel yn y rheolau cyfeirio'),
  ers97: own('y bleidlais sengl drosglwyddadwy yn ôl rheolau ERS97'),
  schulze: own('dull Schulze'),
  'ranked-pairs': own('parau wedi’u trefnu'),
  minimax: own('y golled leiaf'),
  approval: own('cymeradwyo cynifer ag a fynnir'),
  'block-vote': own('y bleidlais floc'),
  'choose-k': own('dewis sawl un'),
  score: own('sgorau'),
  star: own('sgorau ac yna ornest derfynol rhwng y ddau uchaf'),
  'majority-judgment': own('barn y mwyafrif'),
  'proportional-approval': own('cymeradwyo cyfrannol'),
  phragmen: own('dull Phragmén'),
  'equal-shares': own('dull y cyfrannau cyfartal'),
  budget: own('rhannu cyllideb'),
}

/** A way notice or a vote travels, after `drwy`. */
export const channelWords: Readonly<Record<TypeOf<typeof channelCodec>, Phrase>> = {
  email: own('e-bost'),
  post: own('y post'),
  phone: own('y ffôn'),
  paper: own('papur'),
  site: own('y wefan'),
}

/** What a member may do by right. */
export const rightWords = {
  vote: own('pleidleisio'),
  stand: own('sefyll'),
  propose: own('cynnig'),
  sign: own('llofnodi'),
  speak: own('siarad'),
  attend: own('mynychu'),
} as const

/** Names of stages as headings and, in small letters, as things. */
export const stageNames: Readonly<Record<Stage['do'], string>> = {
  propose: 'cynnig',
  support: 'cefnogaeth',
  check: 'gwiriad',
  notify: 'hysbysiad',
  debate: 'dadl',
  consider: 'ystyriaeth',
  meeting: 'cyfarfod',
  nominate: 'enwebiadau',
  hustings: 'gwrandawiad',
  freeze: 'cofrestr',
  ballot: 'pleidlais',
  certify: 'tystysgrif',
  challenge: 'her',
  delay: 'oedi',
  enact: 'dod i rym',
}

/** What an officer does, where a rule names the act. */
export const actionWords: Readonly<Record<string, Phrase>> = {
  check: own('gwirio cynnig'),
  timetable: own('pennu amserlen'),
  certify: own('ardystio canlyniad'),
  admit: own('derbyn aelod'),
}

/** What the language calls a step of procedures that no rulebook names. */
export const ownWords: Readonly<Record<string, Phrase | undefined>> = Object.fromEntries(
  Object.entries(stageNames).map(([id, name]) => [id, own(name)]),
)
