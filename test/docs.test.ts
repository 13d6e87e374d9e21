import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../tools/build.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'app/**/README.md'], {
  cwd: root,
  exclude: (name) => ['node_modules', 'build', '.svelte-kit'].includes(name),
}).sort()
const withoutCode = (text: string): string => text.replaceAll(/^```.*?^```/gms, '').replaceAll(/`[^`\n]*`/g, '')

/** As code hosts make them: lower case, blanks to hyphens, other signs dropped. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map((heading) =>
    (heading[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Links of a document that lead nowhere in this checkout. */
function brokenLinks(file: string, text: string): readonly string[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((link) => link[1] ?? '')
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false
    const [path = '', anchor] = target.split('#')
    const there = path === '' ? file : join(dirname(file), path)
    if (!existsSync(join(root, there))) return true
    return anchor !== undefined && there.endsWith('.md') && !anchorsOf(there === file ? text : read(there)).includes(anchor)
  })
}

describe('documents', () => {
  test('there are some', () => {
    expect(documents).toContain('README.md')
    expect(documents.length).toBeGreaterThan(25)
  })

  test.each(documents)('every link of %s leads somewhere', (file) => {
    expect(brokenLinks(file, read(file))).toEqual([])
  })

  test('a link to a file, a heading or a picture that is not there is noticed', () => {
    const text =
      '# Title\n[a](#title) [b](#other) [c](STYLE.md) [d](no.md) ![e](docs/pictures/none.png) [f](STYLE.md#gone) `[g](x)`'
    expect(brokenLinks('README.md', text)).toEqual(['#other', 'no.md', 'docs/pictures/none.png', 'STYLE.md#gone'])
  })

  test('every page of docs can be reached from README.md', () => {
    const seen = new Set(['README.md'])
    for (const file of seen)
      for (const [, target = ''] of withoutCode(read(file)).matchAll(/\]\(([^)#\s:]+\.md)[^)]*\)/g))
        seen.add(join(dirname(file), target))
    expect(documents.filter((file) => file.startsWith('docs/') && !seen.has(file))).toEqual([])
  })
})

describe('decisions', () => {
  const decisions = documents.filter((file) => /^docs\/decisions\/\d/.test(file))

  test.each(decisions)('%s has the five headings, in order, and nothing else of that size', (file) => {
    const headings = [...read(file).matchAll(/^## (.+)$/gm)].map((heading) => heading[1])
    expect(headings).toEqual(['Context', 'Options', 'Choice', 'Consequences', 'What would change our mind'])
  })

  test('are numbered without gaps, and each stands in the list under its title', () => {
    expect(decisions.map((file) => Number(/(\d{4})-/.exec(file)?.[1]))).toEqual(decisions.map((_, i) => i + 1))
    const list = read('docs/decisions/README.md')
    for (const file of decisions) {
      const title = /^# \d+\. (.+)$/m.exec(read(file))?.[1] ?? ''
      expect(list).toContain(`[${title}](${file.replace('docs/decisions/', '')})`)
    }
  })
})

describe('commands in README.md, the tutorial and the how-to on rulebooks', () => {
  const lines = ['README.md', 'docs/tutorial/README.md', 'docs/how-to/check-a-rulebook.md'].flatMap((file) =>
    [...read(file).matchAll(/^```sh\n(.*?)^```/gms)].flatMap((block) => (block[1] ?? '').trim().split('\n')),
  )
  const quorate = (words: readonly string[]) =>
    spawnSync(process.execPath, [join(root, 'app/cli/main.ts'), ...words], { cwd: root, encoding: 'utf8' })
  const commands = [...new Set(lines)]

  test.each(commands.filter((line) => line.startsWith('npm ')))('%s is a script of package.json', (line) => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    const name = line.split(' ').at(-1) ?? ''
    expect(scripts[name]).toBe(`node tools/bootstrap.mjs ${name}`)
    expect(existsSync(join(root, `tools/${name}.ts`))).toBe(true)
  })

  test.each(commands.filter((line) => line.startsWith('npx quorate count')))('%s runs', (line) => {
    const { status, stdout } = quorate(line.split(' ').slice(2))
    expect(status).toBe(0)
    expect(stdout).toContain('Fraser, Isla, elected at stage 4')
    expect(stdout).toMatch(/^Total( +60\.00000){6}/m)
  })

  test.each(commands.filter((line) => line.startsWith('npx quorate rulebook')))('%s runs', (line) => {
    const { status, stdout, stderr } = quorate(line.split(' ').slice(2))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.length).toBeGreaterThan(20)
  })

  test.each(commands.filter((line) => /^npx quorate (?!count)/.test(line)))('%s is a command that explains itself', (line) => {
    const [name = '', word = ''] = line.split(' ').slice(2)
    const { status, stdout } = quorate([name, '--help'])
    expect(status).toBe(0)
    expect(stdout).toContain(/^[a-z]+$/.test(word) ? `quorate ${name} ${word}` : `quorate ${name}`)
  })

  test('each line is one of these', () => {
    expect(commands.filter((line) => !/^(npm (start|test)|npx quorate [a-z])/.test(line))).toEqual([])
  })
})
