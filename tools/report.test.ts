import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { machineText, sectionsOf, tableText, today, writeReport } from './report.ts'

test('a part that is run alone leaves the other sections of a report as they were', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-report-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const file = join(folder, 'reference', 'nightly.md')
  writeReport(
    file,
    '# Head\n\nOld.',
    new Map([
      ['b', 'second'],
      ['a', 'first\n\nof two lines'],
    ]),
  )
  writeReport(file, '# Head\n\nNew.', new Map([['b', 'second, again']]))
  expect(readFileSync(file, 'utf8')).toBe('# Head\n\nNew.\n\n## a\n\nfirst\n\nof two lines\n\n## b\n\nsecond, again\n')
  expect([...sectionsOf(readFileSync(file, 'utf8')).keys()]).toEqual(['a', 'b'])
})

test('a table is padded as the formatter wants it', () => {
  expect(
    tableText([
      ['case', 'µ'],
      ['a', 'long enough'],
    ]),
  ).toBe('| case | µ           |\n| ---- | ----------- |\n| a    | long enough |')
})

test('a report says on what and when', () => {
  expect(machineText()).toMatch(/, \d+ cores, \d+ GiB, \w+-\w+, Node \d+\.\d+\.\d+$/)
  expect(today()).toMatch(/^\d{4}-\d\d-\d\d$/)
})
