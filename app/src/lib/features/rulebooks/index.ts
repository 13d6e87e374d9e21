import lantern from '../../../../../rulebooks/lantern.md?raw'
import type { Feature } from '#lib/platform/feature.ts'
import { foundRulebook } from './editions.ts'

export type { Edition } from './editions.ts'
export { addEdition, editionsListed, editionsOf, editionText, rulebookInForce } from './editions.ts'

export const feature: Feature = {
  name: 'rulebooks',
  seed: { after: ['record'], run: (work, tx) => foundRulebook(tx, work.clock.now(), lantern) },
}
