import { catalogue } from '#lib/platform/words.ts'

/** Everything the motions feature says. */
export const messages = catalogue(
  {
    'notice-subject': 'Notice: Motion {number}, {title}',
    'notice-greeting': '{name}, members will decide on a change to the rules.',
    'notice-what': '“{title}” would change rule {clauses}. Read what would change, and say what you think:',
    'notice-greeting-question': '{name}, members will decide on a question.',
    'notice-what-question': '“{title}” goes to a ballot. Read what is asked and who stands, and say what you think:',
    'notice-next': 'You will get another mail with your voting link when the ballot opens. You need not do anything now.',
    'notice-foot':
      'Sent to every member of {movement} because the rulebook says notice must reach each of you. It cannot be turned off.',
  },
  {
    'notice-subject': 'Hysbysiad: Cynnig {number}, {title}',
    'notice-greeting': '{name}, bydd yr aelodau’n penderfynu ar newid i’r rheolau.',
    'notice-what': 'Byddai “{title}” yn newid rheol {clauses}. Darllenwch beth fyddai’n newid, a dweud eich barn:',
    'notice-greeting-question': '{name}, bydd yr aelodau’n penderfynu ar gwestiwn.',
    'notice-what-question': 'Mae “{title}” yn mynd i bleidlais. Darllenwch beth a ofynnir a phwy sy’n sefyll, a dweud eich barn:',
    'notice-next': 'Cewch neges arall gyda’ch dolen bleidleisio pan fydd y bleidlais yn agor. Does dim rhaid gwneud dim nawr.',
    'notice-foot':
      'Anfonwyd at bob aelod o {movement} am fod y llyfr rheolau’n dweud bod rhaid i hysbysiad gyrraedd pawb. Ni ellir ei ddiffodd.',
  },
)
