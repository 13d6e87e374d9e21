import type { Default } from '../defaults.ts'

/** What holds where a stage says nothing, in English. */
export const defaultWords: Readonly<Record<Default, string>> = {
  'signatures stand': 'a signature once given stands',
  'no amendments': 'no amendment may be moved',
  'amendments need nobody': 'an amendment needs no other supporter',
  'amendments as they come': 'amendments are taken as they come',
  'amendments stay apart': 'no two amendments are made into one',
  'refused unless agreed': 'it is refused when it is not agreed',
  'quorum needed': 'it needs its own quorum',
  'decided after an adjournment': 'it may also be decided after an adjournment',
  'asking is enough': 'a candidate needs no supporter',
  'candidates stay': 'who is a candidate remains one',
  'elected unopposed': 'as many candidates as places are elected unopposed',
  'too few falls': 'with fewer candidates than places the election falls',
  'nobody provisional': 'nobody is on it provisionally',
  'abstentions count': 'abstentions count among the votes cast',
  'voting stops': 'voting stops at the close',
  'refused if changed': 'it is refused if a clause has changed since notice',
}
