import { appendFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differenceFromNoble, operations } from '../../packages/ballots/testing/as-noble.ts'

const runs = Number(process.env['QUORATE_ORACLE_RUNS'] ?? 10_000)

describe('our arithmetic of Curve25519 against noble', () => {
  it.each(operations)('$name, on 10,000 inputs', (operation) => {
    expect(differenceFromNoble(operation, runs)).toBeNull()
    const notes = process.env['QUORATE_NOTES']
    if (notes !== undefined) appendFileSync(notes, `${operation.name}: as noble on ${runs.toLocaleString('en-GB')} inputs\n`)
  })
})
