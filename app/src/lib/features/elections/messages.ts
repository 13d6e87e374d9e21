import { catalogue } from '#lib/platform/words.ts'

/** Everything the elections feature says. */
export const messages = catalogue(
  {
    'ballot-subject': 'Vote: {title}. Closes {closes}',
    'ballot-greeting': '{name}, you can vote now on “{title}”. It takes about 2 minutes.',
    'ballot-yours': 'This link is yours alone: do not forward it. It works until {closes}.',
    'ballot-again': 'You can vote again until then. Only your last vote counts.',
    'ballot-missing': 'No luck with the link? {address} works to the last minute, or sign in and press Vote.',
    'ballot-foot': 'You are on the roll for this ballot. Questions: {officer}, returning officer. Reply to this mail.',
  },
  {
    'ballot-subject': 'Pleidleisiwch: {title}. Yn cau {closes}',
    'ballot-greeting': '{name}, gallwch bleidleisio nawr ar “{title}”. Mae’n cymryd tua 2 funud.',
    'ballot-yours': 'Eich dolen chi yn unig yw hon: peidiwch â’i hanfon ymlaen. Mae’n gweithio tan {closes}.',
    'ballot-again': 'Gallwch bleidleisio eto tan hynny. Dim ond eich pleidlais olaf sy’n cyfrif.',
    'ballot-missing':
      'Dim lwc gyda’r ddolen? Mae {address} yn gweithio tan y funud olaf, neu mewngofnodwch a phwyso Pleidleisio.',
    'ballot-foot':
      'Rydych ar y gofrestr ar gyfer y bleidlais hon. Cwestiynau: {officer}, swyddog canlyniadau. Atebwch y neges hon.',
  },
)
