import type { Feature } from '#lib/platform/feature.ts'
import { seedPeople } from './found.ts'
import { messages } from './messages.ts'
import './tables.ts'
import { keySweep, openingJob } from './trustees.ts'
import { votingJob } from './voting.ts'

export { travel, type Journey } from './clock.ts'
export { onlyInDemo } from './door.ts'
export { foundLantern } from './found.ts'
export { linesMax, linkPieces, mailbox, mailById, type MailLine, type ReceivedMail, type TextPiece } from './mailbox.ts'
export { messages as demoMessages } from './messages.ts'
export { gatherSupport } from './support.ts'
export { personOfRole } from './roles.ts'
export { stripOf, type Strip } from './strip.ts'
export { askToOpen, keptKeyFile, makeKeys, playedTrustees, type PlayedTrustee } from './trustees.ts'
export { startVoting, stopVoting, votersMax, votingOf, type Voting } from './voting.ts'

/** The demonstration: Lantern's people, the strip, the movable clock, the mailbox. Inert where the movement's row says it is real. */
export const feature: Feature = {
  name: 'demo',
  messages,
  seed: { after: [], run: seedPeople },
  sweeps: [keySweep],
  jobs: [votingJob, openingJob],
  held: async (db, { id }) => {
    const roles = await db.selectFrom('demo_role').select('id').where('person_id', '=', id).execute()
    return { roles: roles.map((row) => row.id) }
  },
  erase: async (tx, { id }) => {
    await tx.deleteFrom('demo_role').where('person_id', '=', id).execute()
    await tx.deleteFrom('demo_trustee_key').where('person_id', '=', id).execute()
  },
}
