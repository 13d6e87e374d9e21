import { catalogue } from '#lib/platform/words.ts'

/** What the less common powers of the catalogue are called in the middle of a sentence; the common ones are beside bodies and offices. */
export const powerMessages = catalogue(
  {
    'power.set-priorities': 'setting priorities',
    'power.elect': 'electing',
    'power.fill-vacancy': 'filling an empty seat',
    'power.recall': 'recalling somebody from a seat',
    'power.recognise-group': 'recognising a group',
    'power.affiliate': 'affiliating to an organisation',
    'power.disaffiliate': 'leaving an organisation',
    'power.proscribe': 'banning an organisation',
    'power.call-meeting': 'calling a meeting',
    'power.call-ballot': 'calling a ballot',
    'power.postpone': 'putting something off',
    'power.appoint': 'appointing somebody',
    'power.delegate-power': 'handing a power to others',
    'power.emergency-measure': 'acting in an emergency',
    'power.dissolve': 'closing the movement',
  },
  {
    'power.set-priorities': 'gosod blaenoriaethau',
    'power.elect': 'ethol',
    'power.fill-vacancy': 'llenwi sedd wag',
    'power.recall': 'galw rhywun yn ôl o sedd',
    'power.recognise-group': 'cydnabod grŵp',
    'power.affiliate': 'ymuno â mudiad arall',
    'power.disaffiliate': 'gadael mudiad arall',
    'power.proscribe': 'gwahardd mudiad',
    'power.call-meeting': 'galw cyfarfod',
    'power.call-ballot': 'galw pleidlais',
    'power.postpone': 'gohirio rhywbeth',
    'power.appoint': 'penodi rhywun',
    'power.delegate-power': 'rhoi pŵer i eraill',
    'power.emergency-measure': 'gweithredu mewn argyfwng',
    'power.dissolve': 'cau’r mudiad',
  },
)
