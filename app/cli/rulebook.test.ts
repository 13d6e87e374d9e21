import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../../tools/build.ts'
import { heard } from './heard.ts'
import { main } from './main.ts'
import { parseFacts } from './rulebook/facts.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate-rulebook-'))
afterAll(() => rmSync(folder, { recursive: true }))
const lantern = join(root, 'rulebooks/lantern.md')

async function quorate(...words: readonly string[]) {
  const h = heard()
  const exit = await main(['rulebook', ...words], h.io)
  return { exit, out: h.out(), err: h.err() }
}

/** A file with a text of the test's own. */
function file(name: string, text: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const facts = file(
  'facts.json',
  '{"electorates": {"members": 1180}, "bodies": {"committee": 12}, "turnouts": [{"cast": 100, "of": 1150}]}',
)
const broken = file(
  'broken.md',
  '# Rules\n\n## 1 Time\n```rule\nkind: calendar\nzone: Europe/London\nholidays: [england-and-wales]\n```\n## 2 Money\n```rule\nkind: power\nact: spned\nholder: [committee]\n```\n',
)
const holed = file('holed.md', '# Rules\n\n## 1 Money\n```rule\nkind: power\nact: spend\nholder: [committee]\n```\n')

describe('quorate rulebook', () => {
  it('lists its commands, in its help and when none is given', async () => {
    const help = await quorate('--help')
    expect(help.exit).toBe(0)
    for (const word of ['lint', 'words', 'timeline', 'why-not', 'analyse'])
      expect(help.out).toContain(`quorate rulebook ${word} FILE`)
    expect(help.out).toContain('quorate rulebook compare BEFORE AFTER')
    const bare = await quorate()
    expect(bare.exit).toBe(2)
    expect(bare.err).toContain('There are: analyse, compare, lint')
  })

  it.each(['lint', 'words', 'timeline', 'why-not', 'analyse', 'compare'])('%s explains itself, also by help', async (word) => {
    const help = await quorate(word, '--help')
    expect(help.exit).toBe(0)
    expect(help.out).toMatch(new RegExp(`^Usage: quorate rulebook ${word} (FILE|BEFORE AFTER)`))
    expect(help.out).toMatch(/Exit code: 0 .+, 1 .+, 2 wrong use\./)
    const h = heard()
    expect(await main(['help', 'rulebook', word], h.io)).toBe(0)
    expect(h.out()).toBe(help.out)
  })

  it('names the command that was probably meant', async () => {
    const { exit, err } = await quorate('lnit', lantern)
    expect(exit).toBe(2)
    expect(err).toBe('quorate rulebook: there is no command "lnit". Did you mean "lint"?\nTry: quorate rulebook --help\n')
  })

  const commands: readonly (readonly [word: string, ...rest: string[]])[] = [
    ['lint'],
    ['analyse'],
    ['compare', lantern],
    ['words'],
    ['timeline', 'amend', '--from', '2026-11-01'],
    ['why-not', '--power', 'spend', '--as', 'committee', '--at', '2026-11-01'],
  ]
  it.each(commands)('%s: a file that is missing, a folder, or no text is a sentence and exit code 1', async (word, ...rest) => {
    for (const [path, sentence] of [
      ['/no/such/file.md', 'cannot read /no/such/file.md: there is no such file'],
      [folder, `cannot read ${folder}: it is a folder`],
      [file('bytes.md', new Uint8Array([0xff, 0xfe, 0x00])), 'it is not text in UTF-8'],
    ] as const) {
      const { exit, out, err } = await quorate(word, path, ...rest)
      expect({ exit, out }).toEqual({ exit: 1, out: '' })
      expect(err).toContain(sentence)
      expect(err).not.toMatch(/\bat .*:\d+:\d+\)/)
    }
  })

  it.each(commands.filter(([word]) => word !== 'lint'))(
    '%s: a text that is no rulebook is shown with its faults',
    async (word, ...rest) => {
      const { exit, err } = await quorate(word, broken, ...rest)
      expect(exit).toBe(1)
      expect(err).toContain('12 | act: spned')
      expect(err).toContain('does not read as a rulebook: 1 fault')
    },
  )

  it.each(commands)('%s: words left over and unknown options are wrong use', async (word, ...rest) => {
    expect((await quorate(word)).exit).toBe(2)
    expect((await quorate(word, lantern, '4.2', 'x', ...rest)).exit).toBe(2)
    expect((await quorate(word, lantern, '--colour')).exit).toBe(2)
  })
})

describe('lint', () => {
  it('a sound rulebook: one line and exit code 0', async () => {
    expect(await quorate('lint', lantern)).toEqual({ exit: 0, out: `${lantern}: 42 rules read, nothing found.\n`, err: '' })
  })

  it('a diagnostic stands with file, line, column, rule, the line itself, carets below and help', async () => {
    const { exit, out } = await quorate('lint', broken)
    expect(exit).toBe(1)
    const lines = out.split('\n')
    expect(lines[0]).toBe('error[R0305]: none of the words allowed here')
    expect(lines[1]).toBe(`  --> ${broken}:12:6 (rule 2)`)
    expect(lines.slice(2, 5)).toEqual(['   |', '12 | act: spned', '   |      ^^^^^'])
    expect(lines[5]).toMatch(/^ {3}help: one of: amend-rulebook/)
  })

  it('a finding stands with the line that names its subject', async () => {
    const { exit, out } = await quorate('lint', holed)
    expect(exit).toBe(1)
    expect(out).toContain('error[unknown-id]: Nothing defines “committee”.')
    expect(out).toContain('7 | holder: [committee]\n  |          ^^^^^^^^^')
    expect(out).toContain('error[clause-in-no-tier]')
  })

  it('past turnouts from a file of facts: a warning, and exit code 0', async () => {
    const { exit, out } = await quorate('lint', lantern, '--facts', facts)
    expect(exit).toBe(0)
    expect(out).toContain('warning[never-reached]')
    expect(out).toContain('0 errors, 1 warning.')
  })

  it('a form of a name that the Welsh words lack: a note, and exit code 0', async () => {
    const text = readFileSync(lantern, 'utf8')
    const lacking = file('lacking.md', text.replace('{one: aelod, many: aelodau, the: yr aelodau,', '{the: yr aelodau,'))
    const { exit, out } = await quorate('lint', lacking)
    expect(exit).toBe(0)
    expect(out).toMatch(/note\[R0501\]: .*\n {2}--> .*lacking\.md:\d+:1 \(rule [\d.]+\)/)
    expect(out).toContain('help: names: {cy: {one: …}} for members')
    expect(out).toMatch(/0 errors, 0 warnings, \d+ notes?\.$/m)
    const told = JSON.parse((await quorate('lint', lacking, '--json')).out) as { readonly diagnostics: readonly unknown[] }
    expect(told.diagnostics[0]).toMatchObject({ code: 'R0501' })
    const english = file('english.md', text.replaceAll(/^names: \{cy: .*$/gm, ''))
    expect((await quorate('lint', english)).out).not.toContain('R0501')
  })

  it('--json gives diagnostics or findings with their places', async () => {
    const sick: unknown = JSON.parse((await quorate('lint', broken, '--json')).out)
    expect(sick).toMatchObject({ diagnostics: [{ code: 'R0305', line: 12, column: 6, clause: '2' }], findings: [] })
    const found: unknown = JSON.parse((await quorate('lint', holed, '--json')).out)
    expect((found as { readonly findings: unknown }).findings).toContainEqual({
      code: 'unknown-id',
      grade: 'error',
      clause: '1@1',
      subject: 'committee',
      figures: {},
      line: 7,
      column: 10,
      length: 9,
    })
  })

  it('colour on a terminal alone; control characters of a text never reach it', async () => {
    const nasty = file('nasty.md', '## 1 A\n```rule\nkind: \u001b[31mpower\n```\n')
    const h = heard({ colour: true })
    await main(['rulebook', 'lint', nasty], h.io)
    expect(h.out()).toContain('\u001b[31merror[')
    expect(h.out()).not.toContain('\u001b[31mpower')
    expect((await quorate('lint', nasty)).out).not.toContain('\u001b')
  })
})

describe('words', () => {
  it('prints one rule, a part, or all', async () => {
    const one = await quorate('words', lantern, '4.2')
    expect(one.exit).toBe(0)
    expect(one.out).toMatch(/^4\.2 How the rules change\n/)
    expect(one.out).toContain('It runs for 14\n    clear days')
    expect(Math.max(...one.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    const part = await quorate('words', lantern, '4', '--json')
    expect((JSON.parse(part.out) as readonly { readonly id: string }[]).map(({ id }) => id)).toEqual([
      '4',
      '4.1',
      '4.2',
      '4.3',
      '4.4',
      '4.5',
    ])
    expect((await quorate('words', lantern)).out.match(/^\d+\.\d+ /gm)?.length).toBeGreaterThan(35)
  })
  it('speaks Welsh, and says beside it that no reader has signed it off', async () => {
    const welsh = await quorate('words', lantern, '4.1', '--lang', 'cy')
    expect(welsh.out).toContain('yr unig ffordd yw’r weithdrefn “newid y rheolau”')
    expect(welsh.err).toBe('These words wait for a native reader of legal texts to approve them.\n')
  })
  it('a rule that is not there, and a language that is not', async () => {
    const rule = await quorate('words', lantern, '9.9')
    expect(rule.exit).toBe(1)
    expect(rule.err).toContain('has no rule 9.9')
    const language = await quorate('words', lantern, '--lang', 'fr')
    expect(language.exit).toBe(2)
    expect(language.err).toContain('not "fr"')
  })
})

describe('timeline', () => {
  it('14 clear days after the evening of 1 November end at the start of 16 November', async () => {
    const { exit, out } = await quorate('timeline', lantern, 'amend', '--from', '2026-11-01T19:40')
    expect(exit).toBe(0)
    expect(out).toContain('earliest  Sun 2026-11-01 19:40 to Mon 2026-11-16 00:00')
    expect(out).toMatch(
      /^10\. Coming into force \(enact\).*\n {4}earliest {2}Mon 2026-11-30 00:00\n {4}latest {4}Sat 2027-01-30 00:00$/m,
    )
  })
  it('reckons in the rulebook’s zone across a change of the clocks', async () => {
    const { out } = await quorate('timeline', lantern, 'amend', '--from', '2026-10-20T12:00', '--json')
    const { from, stages } = JSON.parse(out) as {
      readonly from: string
      readonly stages: readonly { readonly id: string; readonly earliest: { readonly endsAt: string } }[]
    }
    expect(from).toBe('2026-10-20T11:00:00.000Z')
    expect(stages.find(({ id }) => id === 'notify')?.earliest.endsAt).toBe('2026-11-04T00:00:00.000Z')
  })
  it('a stage that another leads to says so', async () => {
    expect((await quorate('timeline', lantern, 'policy', '--from', '2026-11-01')).out).toMatch(
      /The override petition .*\n {4}only if a stage before it leads here/,
    )
  })
  it.each(['2026-13-01', '2026-11-01T24:30', 'tomorrow', '', '0026-11-01'])('--from %j is wrong use', async (from) => {
    expect((await quorate('timeline', lantern, 'amend', '--from', from)).exit).toBe(2)
  })
  it('a procedure that is not there: those that are', async () => {
    const { exit, err } = await quorate('timeline', lantern, 'amnd', '--from', '2026-11-01')
    expect(exit).toBe(1)
    expect(err).toContain('Did you mean "amend"?')
    expect(err).toContain('It has: amend, recognise, policy, endorse.')
  })
})

describe('why-not', () => {
  const coup = [
    'why-not',
    lantern,
    '--power',
    'amend-rulebook',
    '--as',
    'committee',
    '--at',
    '2026-11-01T19:40',
    '--facts',
    facts,
    '--for',
    '6',
    '--against',
    '4',
  ]
  it('the coup: power, 0 of 14 clear days, 12 of 1,180, and the lawful way with its date and what that assumes', async () => {
    const { exit, out } = await quorate(...coup)
    const text = out.replaceAll(/\s+/g, ' ')
    expect(exit).toBe(0)
    expect(text).toMatch(/^No\. The rules do not allow this\./)
    expect(text).toContain('It votes 6 to 4.')
    expect(text).toContain('required: 14 clear days; had: 0 clear days; missing: 14 clear days')
    expect(text).toContain('required: all members (1,180); had: the committee (12); missing: 1,168 people')
    expect(text).toContain('Monday 30 November 2026')
    expect(text).toContain('takes for granted that enough members sign on the first day')
    expect(text).toContain('Who can begin it: “How the rules change”: all members.')
  })
  it('--json is the refusal itself, instants as text', async () => {
    const { out } = await quorate(...coup, '--json')
    expect(JSON.parse(out)).toMatchObject({
      answer: {
        kind: 'refusal',
        act: { as: 'body committee', recordedAt: '2026-11-01T19:40:00.000Z' },
        routes: [{ clause: '4.2@1', earliest: '2026-11-30T00:00:00.000Z' }],
      },
      ways: [],
    })
  })
  it('a power that is held: yes, with the rule', async () => {
    const { out } = await quorate('why-not', lantern, '--power', 'spend', '--as', 'committee', '--at', '2026-11-01')
    expect(out).toMatch(/^Yes\. The rules allow this\./)
    expect(out).toContain('Rule 7.5 grants it.')
  })
  it('a power held by somebody else is not called a power of nobody; one that no rule grants is', async () => {
    const other = await quorate('why-not', lantern, '--power', 'exclude', '--as', 'chair', '--at', '2026-11-01')
    expect(other.out).toContain('The rules give this power to the panel, not to the chair.')
    expect(other.out).not.toContain('nobody')
    const none = await quorate('why-not', lantern, '--power', 'dissolve', '--as', 'committee', '--at', '2026-11-01')
    expect(none.out).toContain('The rules give this power to nobody.')
  })
  it('an electorate is told how it begins', async () => {
    const { out } = await quorate('why-not', lantern, '--power', 'amend-rulebook', '--as', 'members', '--at', '2026-11-01')
    expect(out).toMatch(/^Not at once\./)
    expect(out).toContain('All members can begin “How the rules change” themselves.')
  })
  it.each([
    [['--power', 'fly', '--as', 'committee'], 1, 'there is no power "fly"'],
    [['--power', 'spend', '--as', 'senate'], 1, 'has no body, office or electorate "senate"'],
    [['--power', 'spend'], 2, '--as is needed'],
    [['--power', 'spend', '--as', 'committee', '--for', '-1'], 2, '--for'],
    [['--power', 'spend', '--as', 'committee', '--effect', 'soon'], 2, '--effect takes'],
  ] as const)('%j ends with a sentence', async (words, exit, sentence) => {
    const said = await quorate('why-not', lantern, '--at', '2026-11-01', ...words)
    expect(said.exit).toBe(exit)
    expect(said.err).toContain(sentence)
  })
})

describe('analyse', () => {
  const from = ['--from', '2026-11-01', '--facts', facts]
  it('what is taken as given first, then each power with its shortest way and what each body could do alone', async () => {
    const { exit, out } = await quorate('analyse', lantern, ...from)
    const text = out.replaceAll(/\s+/g, ' ')
    expect(exit).toBe(0)
    expect(text).toMatch(/^Taken as given: - There are 1,180 members\./)
    expect(text).toContain('No: the committee of 12 cannot change these rules')
    expect(text).toContain('Yes: the committee of 12 can spend money without anybody else. 7 of them are enough.')
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })
  it('one power, one body: the numbered story with its clauses, who can stop it, what is taken for granted', async () => {
    const { out } = await quorate('analyse', lantern, '--power', 'spend', '--body', 'committee', ...from)
    expect(out).toMatch(/^1\. {2}4 holders of seats on the committee call a meeting/m)
    expect(out).toContain('[rule 7.5]')
    expect(out).toContain('Who can stop it:')
    expect(out).toContain('Taken for granted:')
    expect(out).not.toContain('the panel of 12')
    expect(out).not.toContain('Suspending')
  })
  it('the movement’s figures change the answer', async () => {
    const few = file(
      'few.json',
      '{"electorates": {"members": 90}, "bodies": {"committee": {"seated": 9}}, "attendance": "bare quorum", "turnout": {"returned": 80}}',
    )
    const { out } = await quorate('analyse', lantern, '--power', 'amend-rulebook', '--from', '2026-11-01', '--facts', few)
    expect(out).toContain('There are 90 members.')
    expect(out.replaceAll(/\s+/g, ' ')).toContain('the committee of 9')
  })
  it('--json is the analysis, of the power asked for', async () => {
    const { out } = await quorate('analyse', lantern, '--power', 'spend', '--json', ...from)
    expect(JSON.parse(out)).toMatchObject({
      facts: { electorates: { members: 1180 } },
      powers: [{ power: 'spend', exact: true, front: [{ people: 7 }, {}] }],
    })
  })
  it.each([
    [['--power', 'fly'], 1, 'grants nobody the power "fly"'],
    [['--body', 'senate'], 1, 'has no body "senate"'],
    [['--from', 'soon'], 2, '--from takes'],
  ] as const)('%j ends with a sentence', async (words, exit, sentence) => {
    const said = await quorate('analyse', lantern, ...words)
    expect(said.exit).toBe(exit)
    expect(said.err).toContain(sentence)
  })
})

describe('compare', () => {
  const changed = file(
    'changed.md',
    readFileSync(lantern, 'utf8').replace('clear: 14 clear days, text: final}', 'clear: 21 clear days, text: final}'),
  )
  const from = ['--from', '2026-11-01', '--facts', facts]
  it('the rule that differs in words, and the powers that became harder, with figures before and after', async () => {
    const { exit, out } = await quorate('compare', lantern, changed, ...from)
    const text = out.replaceAll(/\s+/g, ' ')
    expect(exit).toBe(0)
    expect(text).toMatch(/^1 rule differs\. 4\.2 How the rules change/)
    expect(text).toContain('14 clear days after it is received')
    expect(text).toContain('21 clear days after it is received')
    expect(text).toMatch(/Changing the rules \(Entrenchment\) became harder\. People 60 people Time 29 days → 36 days/)
  })
  it('the same file: no difference; as data too', async () => {
    expect((await quorate('compare', lantern, lantern, ...from)).out).toBe('No rule differs.\n')
    expect(JSON.parse((await quorate('compare', lantern, lantern, '--json')).out)).toEqual({ differences: [], powers: [] })
    const data: unknown = JSON.parse((await quorate('compare', lantern, changed, '--json', ...from)).out)
    expect(data).toMatchObject({
      differences: [{ clause: '4.2', kind: 'changed' }],
      powers: [{ power: 'amend-rulebook', change: 'harder' }, {}, {}],
    })
  })
  it('the second file is read as carefully as the first', async () => {
    const { exit, err } = await quorate('compare', lantern, broken)
    expect(exit).toBe(1)
    expect(err).toContain('12 | act: spned')
    expect((await quorate('compare', lantern)).exit).toBe(2)
  })
})

describe('facts', () => {
  it.each([
    ['[', 'it is not JSON'],
    ['{"electorates": {"members": -1}}', 'electorates.members: this is not what belongs there'],
    ['{"electorate": {}}', 'the file: nobody knows electorate'],
    ['7', 'the file: this is not what belongs there'],
  ])('%s: %s', (text, error) => {
    expect(parseFacts(text)).toEqual({ kind: 'fail', error })
  })
  it('a wrong file of facts is a sentence with an example', async () => {
    const { exit, err } = await quorate('lint', lantern, '--facts', file('wrong.json', '{"turnouts": 3}'))
    expect(exit).toBe(1)
    expect(err).toContain('does not hold facts: turnouts: this is not what belongs there')
    expect(err).toContain('Such as {')
  })
})
