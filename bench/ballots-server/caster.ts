import { createReadStream, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { assert } from '@quorate/kernel'

/** What the process that casts is told, as its one argument in JSON. */
export type ToCast = {
  readonly port: number
  readonly uuid: string
  readonly files: readonly string[]
  /** Connections, each with one ballot on its way. */
  readonly lanes: number
  /** How many ballots each phase has. The process says when one ends, and begins the next when it is told. */
  readonly phases: readonly number[]
  readonly answers: string
}

/** How a ballot fared: status 0 where there was no answer. `index`: its place on the record, by its receipt. */
export type Answered = {
  readonly phase: number
  readonly tracker: string
  readonly status: number
  readonly ms: number
  readonly index: number | null
}

/** What the process says. */
export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ended'; readonly phase: number }
  | { readonly kind: 'answered'; readonly count: number }

type Ballot = { readonly tracker: string; readonly bytes: Buffer }

/** One connection that is kept open. HTTP by hand: a client library takes more of the processor than the server's own part. */
function lane(port: number) {
  let told: ((answer: { readonly status: number; readonly body: string }) => void) | null = null
  let received = ''
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.setEncoding('latin1')
  const answer = (status: number, body: string): void => {
    const tell = told
    told = null
    received = ''
    tell?.({ status, body })
  }
  socket.on('data', (chunk: string) => {
    received += chunk
    const head = received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, head))?.[1]
    const body = received.slice(head + 4)
    if (length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length))
      answer(Number(received.slice(9, 12)), body)
  })
  socket.on('error', () => answer(0, ''))
  socket.on('close', () => answer(0, ''))
  return {
    ask: (bytes: Buffer) =>
      new Promise<{ readonly status: number; readonly body: string }>((resolve) => {
        if (socket.destroyed) return resolve({ status: 0, body: '' })
        told = resolve
        socket.write(bytes)
      }),
    end: () => socket.destroy(),
  }
}

async function ballotsOf({ files, port, uuid }: ToCast): Promise<readonly Ballot[]> {
  const ballots: Ballot[] = []
  for (const file of files)
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const [cookie = '', tracker = '', body = ''] = line.split('\t')
      const head = `POST /api/elections/${uuid}/ballots HTTP/1.1\r\nhost: 127.0.0.1:${String(port)}\r\ncookie: quorate=${cookie}\r\ncontent-type: application/json\r\ncontent-length: ${String(body.length)}\r\n\r\n`
      ballots.push({ tracker, bytes: Buffer.from(head + body, 'latin1') })
    }
  return ballots
}

const say = (said: Said): void => void process.send?.(said)
const toldToGoOn = (): Promise<unknown> => new Promise((resolve) => process.once('message', resolve))

async function cast(given: ToCast): Promise<void> {
  const ballots = await ballotsOf(given)
  const lanes = Array.from({ length: given.lanes }, () => lane(given.port))
  const answered: Answered[] = []
  let next = 0
  let told = toldToGoOn()
  say({ kind: 'ready' })
  for (const [phase, count] of given.phases.entries()) {
    await told
    told = toldToGoOn()
    const end = next + count
    await Promise.all(
      lanes.map(async ({ ask }) => {
        while (next < end) {
          const ballot = ballots[next++]
          assert(ballot !== undefined, 'there are as many ballots as the phases have')
          const began = performance.now()
          const { status, body } = await ask(ballot.bytes)
          const index = status === 201 || status === 200 ? Number(/"index":(\d+)/.exec(body)?.[1]) : null
          answered.push({ phase, tracker: ballot.tracker, status, ms: performance.now() - began, index })
          if (answered.length % 100 === 0) say({ kind: 'answered', count: answered.length })
        }
      }),
    )
    say({ kind: 'ended', phase })
  }
  for (const { end } of lanes) end()
  writeFileSync(given.answers, JSON.stringify(answered))
}

await cast(JSON.parse(process.argv[2] ?? '') as ToCast) // written by the bench
process.disconnect?.()
