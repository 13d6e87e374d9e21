import { countScottish, decimalText } from '@quorate/counting'
import { appendFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fifeWards, whyAbsent } from '../../packages/counting/testing/official.ts'
import { throughTheBox } from './encrypted-ward.ts'

it.skipIf(whyAbsent !== '')(
  `a whole Fife ward, cast encrypted, shuffled twice and opened, gives the returning officer's stage table${whyAbsent}`,
  { timeout: 1_200_000 },
  () => {
    const ward = fifeWards().toSorted((a, b) => a.validPoll - b.validPoll)[0]
    if (ward === undefined) throw new Error('a ward')
    const began = process.cpuUsage().user
    const { profile, spoiled } = throughTheBox(ward.profile)
    const count = countScottish(profile, null)
    if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
    expect(spoiled).toBe(0)
    expect(count.value.valid).toBe(ward.validPoll)
    expect(count.value.stages.map(({ totals }) => totals.map((votes) => decimalText(votes, 5)))).toEqual(ward.stages)
    const file = process.env['QUORATE_NOTES']
    const seconds = ((process.cpuUsage().user - began) / 1e6).toFixed(0)
    const line = `${ward.name}: ${ward.validPoll} papers encrypted, checked, shuffled twice, opened and counted in ${seconds} s of one core.\n`
    if (file !== undefined) appendFileSync(file, line)
  },
)
