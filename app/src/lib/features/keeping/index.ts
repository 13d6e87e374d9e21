import { lockLog } from '#lib/features/record/index.ts'
import type { Feature } from '#lib/platform/feature.ts'
import { countDays, nextCount } from './addresses.ts'
import { messages } from './messages.ts'
import { sayOffices, sweepOffices } from './offices.ts'

export { changeAddress, countDays, type AddressFault } from './addresses.ts'
export { exclude, excluderOf, type Exclusion, type ExclusionFault } from './exclusion.ts'
export { messages as keepingMessages } from './messages.ts'
export { endOffice, grantOffice, heldOffices, officesIn, type HeldOffice, type OfficeFault } from './offices.ts'
export { takeOwnData, type OwnData } from './own-data.ts'

/** How the register is kept, as the record tells it: offices that begin and end, members who are excluded, addresses that change, data that people take out. */
export const feature: Feature = {
  name: 'keeping',
  messages,
  sweeps: [
    { name: 'keeping.offices', run: sweepOffices, nextDue: () => Promise.resolve(null) },
    { name: 'keeping.contacts', run: countDays, nextDue: nextCount },
  ],
  seed: {
    after: ['demo', 'record', 'rulebooks'],
    run: async ({ clock, random }, tx) => {
      await sayOffices(tx, random, await lockLog(tx, clock.now()))
    },
  },
}
