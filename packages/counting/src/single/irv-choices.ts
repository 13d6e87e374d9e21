// The points of instant runoff as people choose them by name: for a command line or a form.
import type { IrvParams } from './irv-params.ts'

const upTo = (most: number): readonly string[] => Array.from({ length: most }, (_, i) => `${i + 1}`)

/** Name, values and what each decides. Which candidates stand for undeclared write-ins is no choice of the rule: it comes with the file. */
export const irvPoints = [
  { name: 'overvote', values: ['exhaust', 'skip', 'exhaust-if-multiple'], about: 'two or more marks at one rank' },
  { name: 'skippedRanks', values: ['unlimited', '0', ...upTo(5)], about: 'empty ranks in a row that may come before a mark' },
  { name: 'repeated', values: ['exhaust', 'skip'], about: 'a candidate met at a second rank' },
  { name: 'maxRanks', values: ['all', ...upTo(30)], about: 'ranks a voter has' },
  { name: 'batch', values: ['no', 'yes'], about: 'exclude together all who cannot catch the next above' },
  { name: 'until', values: ['majority', 'two-left'], about: 'stop at a majority, or go on to the last two' },
  {
    name: 'majorityOf',
    values: ['continuing', 'valid'],
    about: 'more than half of the votes still counting, or of all counted first',
  },
  { name: 'ties', values: ['lot', 'earlier-rounds-then-lot'], about: 'who goes of those level' },
] as const satisfies readonly { readonly name: keyof IrvParams; readonly values: readonly string[]; readonly about: string }[]

/** The parameters from chosen texts; a value must be one of the point's. */
export function irvParamsOf(given: ReadonlyMap<string, string>): IrvParams {
  const [overvote, skipped, most] = [given.get('overvote'), given.get('skippedRanks'), given.get('maxRanks')]
  return {
    overvote: overvote === 'skip' || overvote === 'exhaust-if-multiple' ? overvote : 'exhaust',
    skippedRanks: skipped === undefined || skipped === 'unlimited' ? 'unlimited' : Number(skipped),
    repeated: given.get('repeated') === 'skip' ? 'skip' : 'exhaust',
    maxRanks: most === undefined || most === 'all' ? 'all' : Number(most),
    batch: given.get('batch') === 'yes',
    until: given.get('until') === 'two-left' ? 'two-left' : 'majority',
    majorityOf: given.get('majorityOf') === 'valid' ? 'valid' : 'continuing',
    ties: given.get('ties') === 'lot' ? 'lot' : 'earlier-rounds-then-lot',
    undeclared: [],
  }
}
