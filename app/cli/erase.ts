import { setTimeout } from 'node:timers/promises'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import type pg from 'pg'
import { failed, misused, readArgs, type Command, type Io } from './command.ts'

const usage = `Usage: quorate erase NUMBER --by NUMBER [--yes]

Erases a member from the register for good, at a registrar's word: name, address
and standing, and everything that ties them to what stands on the record. What
stands there stays and every proof holds; nobody can tie it to them any more.
The record says that a registrar erased one person, not whom.

Without --yes it shows who would be erased, and does nothing. The server must be
running: it does the work. Whoever holds an office or a seat leaves it first.

Options:
  --by NUMBER   membership number of the registrar who decided it
  --yes         do it; it cannot be undone

The database is that of DATABASE_URL, else the one that npm start runs.

Exit code: 0 done or shown, 1 it could not be done, 2 wrong use.

Example: quorate erase 4711 --by 12 --yes`

const options = { by: { type: 'string' }, yes: { type: 'boolean' } } as const
const number = /^[1-9]\d{0,8}$/

/** How long the server has to do it, in milliseconds; it looks every second. */
const patience = 30_000

/** `quorate erase`: takes a member off the register at the operator's desk. */
export const command: Command = {
  name: 'erase',
  summary: 'Erase a member from the register for good',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [member, ...more] = positionals
    if (member === undefined || !number.test(member)) return misused(io, command, 'whom? Give a membership number')
    if (more.length > 0) return misused(io, command, `one person at a time; left over: ${more.join(' ')}`)
    if (values.by === undefined || !number.test(values.by))
      return misused(io, command, 'at whose word? Give --by with the membership number of a registrar')
    const { demoData } = await import('./tamper-database.ts')
    const data = demoData(io.env)
    if (data.kind === 'fail') return failed(io, command, 'no server is running here', 'Start it, or set DATABASE_URL.')
    const asked = { member: Number(member), by: Number(values.by), yes: values.yes === true }
    const said = await inDatabase(data.value.url, (client) => erase(client, asked, io))
    return said.kind === 'ok' ? 0 : failed(io, command, said.error)
  },
}

type Asked = { readonly member: number; readonly by: number; readonly yes: boolean }

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<Result<T, string>>): Promise<Result<T, string>> {
  const { default: postgres } = await import('pg')
  const client = new postgres.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch {
    return fail('the database does not answer')
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function erase(client: pg.Client, { member, by, yes }: Asked, io: Io): Promise<Result<null, string>> {
  const ready = await client.query<{ found: boolean }>(`select to_regclass('erasure_request') is not null as found`)
  if (ready.rows[0]?.found !== true) return fail('this database holds no register that this version knows')
  const found = await client.query<{ given_name: string; family_name: string; joined_on: string }>(
    'select given_name, family_name, joined_on::text from person where membership_number = $1',
    [member],
  )
  const person = found.rows[0]
  if (person === undefined) return fail(`nobody on the register has the number ${String(member)}`)
  const who = `${person.given_name} ${person.family_name}, number ${String(member)}, a member since ${person.joined_on}`
  if (!yes) {
    io.out(`This would erase ${who}.\nNothing has been done. Add --yes to do it; it cannot be undone.\n`)
    return ok(null)
  }
  const asked = await client.query<{ id: string }>(
    'insert into erasure_request (member, by_member) values ($1, $2) returning id',
    [member, by],
  )
  const id = asked.rows[0]?.id
  assert(id !== undefined, 'what was inserted has an id')
  return outcomeOf(client, id, io)
}

/** What the server made of a request, which is then gone. One that no server took up is taken back. */
async function outcomeOf(client: pg.Client, id: string, io: Io): Promise<Result<null, string>> {
  const until = Date.now() + patience
  while (Date.now() < until) {
    const { rows } = await client.query<{ outcome: string; position: string | null }>(
      `delete from erasure_request where id = $1 and outcome <> 'in hand' returning outcome, position`,
      [id],
    )
    const [row] = rows
    if (row?.outcome === 'done') {
      io.out(`One person is erased. Entry ${row.position ?? ''} of the record says so, without a name.\n`)
      return ok(null)
    }
    if (row !== undefined) return fail(faults[row.outcome] ?? row.outcome)
    await setTimeout(200)
  }
  const { rowCount } = await client.query('delete from erasure_request where id = $1 and outcome is null', [id])
  return fail(
    rowCount === 0
      ? 'the server is still at it after half a minute; look at the record whether it has been done'
      : 'no server took it up within half a minute; nothing has been done',
  )
}

const faults: Readonly<Record<string, string>> = {
  'no such person': 'nobody on the register has that number any more',
  'holds an office or a seat': 'they hold an office or a seat; they leave it first, by the rules',
  'not the registrar': '--by is the number of nobody who is a registrar now',
}
