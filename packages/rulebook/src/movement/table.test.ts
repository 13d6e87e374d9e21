import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTable, firstRow, rowOf, rowsOf, withoutRow, withRow, type Table } from './table.ts'

const key = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom('committee/1', 'committee/10', 'committee/2', '', '7', '10', '__proto__'),
)
const step = fc.tuple(key, fc.option(fc.nat(9)))

describe('a table that is plain JSON', () => {
  it('is a map in the order of its keys, through any changes and through JSON', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const model = new Map<string, number>()
        let table: Table<number> = emptyTable
        for (const [name, value] of steps) {
          table = value === null ? withoutRow(table, name) : withRow(table, name, value)
          if (value === null) model.delete(name)
          else model.set(name, value)
        }
        const wanted = [...model].toSorted(([a], [b]) => (a < b ? -1 : 1))
        expect(rowsOf(table)).toEqual(wanted)
        expect(table.size).toBe(model.size)
        expect(firstRow(table)).toEqual(wanted[0] ?? null)
        for (const [name] of steps) expect(rowOf(table, name)).toBe(model.get(name) ?? null)
        expect(rowsOf(JSON.parse(JSON.stringify(table)) as Table<number>)).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves the table it was made from as it was', () => {
    const one = withRow(emptyTable as Table<number>, 'a', 1)
    const two = withRow(one, 'a', 2)
    expect([rowOf(one, 'a'), rowOf(two, 'a'), rowOf(withoutRow(two, 'a'), 'a'), one.size, two.size]).toEqual([1, 2, null, 1, 1])
    expect(withoutRow(one, 'b')).toBe(one)
  })
})
