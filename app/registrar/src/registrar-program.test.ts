import {
  checkedFile,
  parseBindList,
  parseCodesFile,
  parsePublicRoll,
  engineOf,
  openBind,
  bindSecretOf,
  type VotingCode,
} from '@quorate/ballots'
import { assert, toHex, type JsonObject } from '@quorate/kernel'
import { commitRoll, rollLeaf } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { rollEntry } from '#lib/features/elections/words.ts'
import { cellOf, parseAddressList } from './address-list.ts'
import {
  ballotOf,
  fitOf,
  issue,
  keepingFile,
  newKeeping,
  openKeeping,
  publicFile,
  publicKeyOf,
  withoutBallot,
} from './keeping.ts'
import { lettersPage, mergeList, takenPart } from './letters.ts'
import { parseRegistrarTask, registrarTaskFormat, type RegistrarTask } from './task.ts'
import { cy } from './words.cy.ts'
import { en } from './words.en.ts'

let drawn = 0
const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n)).fill(++drawn % 251, 0, 1)
const keeping = newKeeping(random)
const uuid = 'QuorateTest4242'

/** Three members of a frozen roll as a server shows it to this registrar. */
function fields(more: JsonObject = {}): JsonObject {
  const lines = [11, 12, 13].map((member) => {
    const salt = new Uint8Array(32).fill(member)
    return { leaf: rollLeaf(salt, rollEntry(4, 'members', member)), salt: toHex(salt), member }
  })
  const committed = commitRoll(lines.map(({ leaf }) => leaf))
  assert(committed.kind === 'ok', 'three leaves')
  return {
    uuid,
    at: 1_795_294_341_000,
    address: 'https://vote.example',
    zone: 'Europe/London',
    title: 'Three weeks’ notice',
    decision: 4,
    group: 'Ed25519',
    electorate: 'members',
    size: 3,
    root: toHex(committed.value.root),
    officer: 'Ruth Adeyemi',
    registrar: publicKeyOf(keeping),
    state: 'to-issue',
    closesAt: null,
    fingerprint: null,
    lines: lines.map(({ leaf, ...line }) => ({ ...line, leaf: toHex(leaf) })),
    used: null,
    ...more,
  }
}
function taskOf(more: JsonObject = {}): RegistrarTask {
  const read = parseRegistrarTask(checkedFile(registrarTaskFormat, fields(more)))
  assert(read.kind === 'ok', 'the task is one')
  return read.value
}
const own =
  'member,name,address\n11,Nia Morgan,nia@mail.example\n12,"Parry, Rhys","1 Stryd Fawr\nBangor",cy\n13,<b>Jo</b>,=jo@mail.example\n14,Not on the roll,x@mail.example\n'
function listOf(text = own) {
  const list = parseAddressList(text)
  assert(list.kind === 'ok', 'the list is one')
  return list.value
}
function issued() {
  const made = issue(keeping, taskOf(), listOf(), random)
  assert(made.kind === 'ok', 'codes are made')
  const kept = ballotOf(made.value, uuid)
  assert(kept !== null, 'and kept')
  return { made: made.value, kept }
}

describe('the registrar’s own list (RFC 4180)', () => {
  test('commas, semicolons or tabs, quotes, headings or none, a mark at the beginning', () => {
    expect([...listOf().values()].map(({ name }) => name)).toEqual(['Nia Morgan', 'Parry, Rhys', '<b>Jo</b>', 'Not on the roll'])
    expect(listOf().get(12)).toEqual({ member: 12, name: 'Parry, Rhys', address: '1 Stryd Fawr\nBangor', locale: 'cy' })
    expect(listOf('\uFEFF7;A;b\r\n8;"C ""c""";d\r\n').get(8)?.name).toBe('C "c"')
    expect(listOf('7\tA, a\tb').get(7)?.name).toBe('A, a')
  })

  test('what is missing or twice is named by its line or number', () => {
    expect(parseAddressList('')).toEqual({ kind: 'fail', error: { kind: 'empty' } })
    expect(parseAddressList('number,name,address\n')).toEqual({ kind: 'fail', error: { kind: 'empty' } })
    expect(parseAddressList('1,A,a\nx,B,b')).toEqual({ kind: 'fail', error: { kind: 'line', line: 2 } })
    expect(parseAddressList('1,A,a\n2,B')).toEqual({ kind: 'fail', error: { kind: 'line', line: 2 } })
    expect(parseAddressList('1,A,a\n1,B,b')).toEqual({ kind: 'fail', error: { kind: 'twice', member: 1 } })
  })

  test('a cell that another program would read as a formula is kept from being one', () => {
    expect(cellOf('=1+1')).toBe("'=1+1")
    expect(cellOf('a "b", c')).toBe('"a ""b"", c"')
  })
})

describe('codes are made once, of the frozen roll and of nothing else', () => {
  test('the public file holds a key and a bind for each line, signed, and no code', () => {
    const { made, kept } = issued()
    const text = publicFile(made, kept)
    const key = Buffer.from(publicKeyOf(keeping), 'base64url').toString('hex')
    const read = parseCodesFile(text, key)
    assert(read.kind === 'ok', 'signed by this registrar')
    const roll = parsePublicRoll(engineOf('Ed25519'), read.value.roll)
    assert(roll.kind === 'ok', 'the roll is one')
    const keys = [...roll.value.entries.keys()]
    expect(keys.toSorted()).toEqual(kept.members.map((member) => member.key).toSorted())
    const binds = parseBindList(read.value.binds, keys)
    assert(binds.kind === 'ok', 'the bind list fits')
    for (const { code, key: own, leaf } of kept.members) {
      const bind = binds.value.find((line) => line.key === own)?.bind
      expect(openBind(uuid, own, bind, { leaf, secret: bindSecretOf(uuid, code as VotingCode) }).kind).toBe('ok')
      expect(text).not.toContain(code)
    }
  })

  test('refused: twice, for another registrar, once issued, a roll that is not the frozen one, a member without an address', () => {
    const { made } = issued()
    const fault = (task: RegistrarTask, of = keeping, list = listOf()) => {
      const done = issue(of, task, list, random)
      return done.kind === 'fail' ? done.error : null
    }
    expect(fault(taskOf(), made)).toEqual({ kind: 'made already' })
    expect(fault(taskOf({ registrar: 'x'.repeat(43) }))).toEqual({ kind: 'another registrar' })
    expect(fault(taskOf({ state: 'issued' }))).toEqual({ kind: 'not now' })
    expect(fault(taskOf({ root: '00'.repeat(32) }))).toMatchObject({ kind: 'roll' })
    expect(fault(taskOf({ size: 4 }))).toMatchObject({ kind: 'roll' })
    expect(fault(taskOf(), keeping, listOf('11,A,a'))).toEqual({ kind: 'missing', members: [12, 13] })
  })

  test('an address that is not the one an earlier code was made for is asked about', () => {
    const { made } = issued()
    expect(fitOf(made, taskOf(), listOf())).toEqual({ missing: [], moved: [] })
    expect(fitOf(made, taskOf(), listOf(own.replace('nia@', 'thief@')))).toEqual({ missing: [], moved: [11] })
  })

  test('a task that is damaged or says too little is refused', () => {
    for (const wrong of [
      { uuid: 'x' },
      { zone: 'Nowhere' },
      { lines: [{}] },
      { state: 'x' },
      { group: 'x' },
      { used: [1] },
      { fingerprint: 'x' },
      { closesAt: 'x' },
      { address: '"' },
    ])
      expect(parseRegistrarTask(checkedFile(registrarTaskFormat, fields(wrong)))).toEqual({ kind: 'fail', error: 'damaged' })
    expect(parseRegistrarTask('hello')).toEqual({ kind: 'fail', error: 'another kind of file' })
  })
})

describe('the registrar’s file', () => {
  const work = { log2N: 8, r: 8, p: 1 }
  test('holds everything under a passphrase, and nothing in the open but the public key', () => {
    const { made, kept } = issued()
    const file = keepingFile(made, 'six words of my own', random, work)
    const text = file.kind === 'ok' ? file.value : ''
    for (const { code, address } of kept.members) for (const secret of [code, address]) expect(text).not.toContain(secret)
    expect(text).toContain(publicKeyOf(keeping))
    expect(openKeeping(text, 'six words of my own')).toEqual({ kind: 'ok', value: made })
    expect(openKeeping(text, 'six words of yours')).toEqual({ kind: 'fail', error: 'wrong passphrase' })
    expect(keepingFile(made, 'short', random, work).kind).toBe('fail')
  })

  test('without a ballot holds none of its codes any more, and still knows the addresses', () => {
    const { made, kept } = issued()
    const after = withoutBallot(made, uuid)
    for (const { code } of kept.members) expect(JSON.stringify(after)).not.toContain(code)
    expect(after.known).toHaveLength(3)
  })
})

describe('letters', () => {
  const about = taskOf({ closesAt: Date.UTC(2026, 10, 30, 17) })
  test('one sheet for each member, in their language, with their own link, and no markup from a list', () => {
    const { kept } = issued()
    const page = lettersPage(about, kept.members)
    expect(page.match(/<article /g)).toHaveLength(3)
    for (const { code } of kept.members) expect(page).toContain(`https://vote.example/vote/${uuid}#${code}`)
    expect(page).toContain('<article lang="cy">')
    expect(page).toContain('&lt;b&gt;Jo&lt;/b&gt;')
    expect(page).not.toMatch(/<script|<b>|https?:\/\/(?!vote\.example)/)
  })

  test('a link says which paper it is for, once the ballot is set up', () => {
    const { kept } = issued()
    const [first] = kept.members
    assert(first !== undefined, 'a member')
    const marked = taskOf({ closesAt: 1, fingerprint: 'A'.repeat(43) })
    for (const text of [lettersPage(marked, kept.members), mergeList(marked, kept)])
      expect(text).toContain(`#${first.code}-${'0'.repeat(20)}`)
  })

  test('a list for a mail merge, and after voting who took part', () => {
    const { kept } = issued()
    const list = parseAddressList(mergeList(about, kept))
    assert(list.kind === 'ok', 'it can be read again')
    expect([...list.value.keys()].toSorted()).toEqual([11, 12, 13])
    const [first] = kept.members
    assert(first !== undefined, 'a member')
    const part = takenPart(kept.members, [first.key])
    expect(part.match(/,yes\r\n/g)).toHaveLength(1)
    expect(part.match(/,no\r\n/g)).toHaveLength(2)
    expect(part).not.toContain(first.code)
  })
})

test('Welsh has every sentence of the program, with the same places, and none is the English one', () => {
  const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).toSorted()
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(places(cy[key]), key).toEqual(places(en[key]))
    expect(cy[key], key).not.toBe(en[key])
  }
})
