import { describe, expect, it } from 'vitest'
import { failed, misused, nearest, readArgs, type Command } from './command.ts'
import { heard } from './heard.ts'
import { main } from './main.ts'

describe('quorate', () => {
  it.each([[[]], [['help']], [['--help']], [['-h']]])('%j lists every command with its summary', async (words) => {
    const h = heard()
    expect(await main(words, h.io)).toBe(0)
    expect(h.out()).toContain('  version')
    expect(h.err()).toBe('')
  })
  it.each([[['version', '--help']], [['help', 'version']], [['version', 'x', '-h']]])(
    '%j prints the help of version',
    async (words) => {
      const h = heard()
      expect(await main(words, h.io)).toBe(0)
      expect(h.out()).toMatch(/^Usage: quorate version/)
    },
  )
  it('names the command that was probably meant', async () => {
    const h = heard()
    expect(await main(['vresion'], h.io)).toBe(2)
    expect(h.err()).toBe('quorate: there is no command "vresion". Did you mean "version"?\nTry: quorate help\n')
    expect(h.out()).toBe('')
  })
  it('does not take a name every object has for a command', async () => {
    const h = heard()
    expect(await main(['constructor'], h.io)).toBe(2)
    expect(h.err()).toContain('there is no command "constructor".\n')
  })
})

describe('the frame of a command', () => {
  const command: Command = { name: 'try', summary: '', usage: '', run: async () => 0 }
  it('turns a wrong option into a sentence and exit code 2', () => {
    const read = readArgs(['--sets', '4'], { seats: { type: 'string' } })
    expect(read).toEqual({ kind: 'fail', error: "Unknown option '--sets'" })
    const h = heard()
    expect(misused(h.io, command, 'no file')).toBe(2)
    expect(h.err()).toBe('quorate try: no file\nTry: quorate try --help\n')
  })
  it('reads options and words', () => {
    const read = readArgs(['a.blt', '--seats', '4'], { seats: { type: 'string' } })
    expect(read.kind === 'ok' && { ...read.value.values, words: read.value.positionals }).toEqual({
      seats: '4',
      words: ['a.blt'],
    })
  })
  it('says why on stderr with exit code 1', () => {
    const h = heard()
    expect(failed(h.io, command, 'the file is empty', 'Give a ballot file.')).toBe(1)
    expect(h.err()).toBe('quorate try: the file is empty\nGive a ballot file.\n')
  })
  it('suggests only what is near', () => {
    expect(nearest('verfy', ['verify', 'count'])).toBe('verify')
    expect(nearest('start', ['verify', 'count'])).toBeUndefined()
  })
})
