import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const own = join(import.meta.dirname, '../src/tokens.css')
const platform = join(import.meta.dirname, '../../src/lib/platform/ui/tokens.css')
// Fonts lie elsewhere; comments and blanks say nothing. What remains is every colour, size and font of both modes.
const values = (file: string): string =>
  readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\s+/g, '')

// The booth may import nothing of the platform, so that its bytes depend on its own folder alone: it has a copy, and this keeps it true.
test('the voting pages have the colours and sizes of all other pages', () => {
  expect(existsSync(platform)).toBe(true)
  expect(values(own)).toBe(values(platform))
  expect(values(own)).toContain('--paper:#faf7f0')
})
