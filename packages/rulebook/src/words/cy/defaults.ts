import type { Default } from '../defaults.ts'

/** What holds where a stage says nothing, in Welsh. */
export const defaultWords: Readonly<Record<Default, string>> = {
  'signatures stand': 'mae llofnod a roddwyd yn sefyll',
  'no amendments': 'ni chaniateir cynnig gwelliant',
  'amendments need nobody': 'nid oes ar welliant angen cefnogwr arall',
  'amendments as they come': 'cymerir gwelliannau wrth iddynt gyrraedd',
  'amendments stay apart': 'ni wneir un gwelliant o ddau',
  'refused unless agreed': 'fe’i gwrthodir os na chytunir arno',
  'quorum needed': 'rhaid wrth ei gworwm ei hun',
  'decided after an adjournment': 'caniateir penderfynu arno ar ôl gohirio hefyd',
  'asking is enough': 'nid oes ar ymgeisydd angen cefnogwr',
  'candidates stay': 'mae’r sawl sy’n ymgeisydd yn parhau’n ymgeisydd',
  'elected unopposed': 'os oes cynifer o ymgeiswyr â lleoedd, fe’u hetholir heb wrthwynebiad',
  'too few falls': 'os oes llai o ymgeiswyr na lleoedd, mae’r etholiad yn methu',
  'nobody provisional': 'nid oes neb arni dros dro',
  'abstentions count': 'mae ymataliadau’n cyfrif ymhlith y pleidleisiau a fwriwyd',
  'voting stops': 'daw’r pleidleisio i ben adeg y cau',
  'refused if changed': 'caiff ei wrthod os oes cymal wedi newid ers yr hysbysiad',
}
