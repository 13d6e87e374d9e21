import { setTimeout } from 'node:timers/promises'
import { ok } from '@quorate/kernel'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'
import type { Desk } from './registrar/round.ts'

const usage = `Usage: quorate registrar FOLDER --new
       quorate registrar FOLDER --server URL --smtp URL --from ADDRESS [options]
       quorate registrar FOLDER --confirm NUMBER

Runs the registrar of a movement's secret ballots: it alone knows the voting
codes, and mails them itself. Run it on a machine that the people who run the
server cannot reach. Then they cannot vote for members who stay away.

It makes the codes of each frozen roll, gives the server only their public
halves, mails them once voting opens, sends a link again to whoever asks for it
on the server, and destroys the codes when voting has closed. It can be stopped
and started at any moment: no code is lost, and no mail becomes another one.

The folder holds the codes. Keep it from everybody, and copy it nowhere that the
server's people can read.

Options:
  --new             make the registrar's folder, print its public key, and end;
                    the server gets the key as QUORATE_REGISTRAR
  --server URL      where the movement's server answers
  --smtp URL        your mail server, smtp:// or smtps:// (or QUORATE_SMTP_URL)
  --from ADDRESS    whom the mails come from (or QUORATE_MAIL_FROM)
  --every SECONDS   how often it looks (default 5)
  --once            look once, do what is due, and end
  --confirm NUMBER  a member has confirmed, at the old address, that theirs has
                    changed: use the new one from the next ballot on

Exit code: 0 stopped or done, 1 the folder, server or mail is no good, 2 wrong
use.

Example: quorate registrar ./registrar --server https://vote.lantern.example \\
           --smtp smtps://mail.rival.example --from registrar@rival.example`

const options = {
  new: { type: 'boolean' },
  server: { type: 'string' },
  smtp: { type: 'string' },
  from: { type: 'string' },
  every: { type: 'string' },
  once: { type: 'boolean' },
  confirm: { type: 'string' },
} as const

/** `quorate registrar`: makes and mails the voting codes, apart from the server. */
export const command: Command = {
  name: 'registrar',
  summary: 'Make and mail voting codes apart from the server',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one folder' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [folder] = positionals
    if (folder === undefined) return misused(io, command, 'where does the registrar live? Give a folder')
    if (values.new === true) return makeOne(folder, io)
    if (values.confirm !== undefined) return confirmAddress(folder, values.confirm, io)
    const smtp = values.smtp ?? io.env['QUORATE_SMTP_URL']
    const from = values.from ?? io.env['QUORATE_MAIL_FROM']
    const server = webOrigin(values.server)
    const seconds = Number(values.every ?? 5)
    if (server === null) return misused(io, command, '--server takes the address of the movement, such as https://vote.example')
    if (smtp === undefined || !/^smtps?:\/\//.test(smtp))
      return misused(io, command, '--smtp takes a mail server, smtp:// or smtps://')
    if (from === undefined || !/^[^@\s]+@[^@\s]+$/.test(from)) return misused(io, command, '--from takes a mail address')
    if (!(seconds >= 0.05 && seconds <= 3600)) return misused(io, command, '--every takes seconds, up to 3600')
    return serve(folder, { server, smtp, from, everyMs: seconds * 1000, once: values.once === true }, io)
  },
}

function webOrigin(text: string | undefined): string | null {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : null
}

async function makeOne(folder: string, io: Io): Promise<ExitCode> {
  const { makeRegistrarFolder } = await import('./registrar/folder.ts')
  const made = await makeRegistrarFolder(folder)
  if (made.kind === 'fail') return failed(io, command, made.error)
  io.out(`${made.value}\n`)
  return 0
}

async function confirmAddress(folder: string, typed: string, io: Io): Promise<ExitCode> {
  const { openRegistrarFolder } = await import('./registrar/folder.ts')
  const member = Number(typed)
  if (!Number.isSafeInteger(member) || member < 1) return misused(io, command, '--confirm takes a membership number')
  const opened = await openRegistrarFolder(folder)
  if (opened.kind === 'fail') return failed(io, command, opened.error)
  try {
    const addresses = new Map(await opened.value.addresses())
    const shown = addresses.get(member)?.shown ?? null
    if (shown === null) return failed(io, command, `no other address of member ${typed} waits to be confirmed`)
    addresses.set(member, { email: shown, shown: null })
    await opened.value.keepAddresses(addresses)
    io.out(`codes of member ${typed} go to ${shown} from the next ballot on\n`)
    return 0
  } finally {
    await opened.value.close()
  }
}

type Wishes = {
  readonly server: string
  readonly smtp: string
  readonly from: string
  readonly everyMs: number
  readonly once: boolean
}

async function serve(folder: string, { server, smtp, from, everyMs, once }: Wishes, io: Io): Promise<ExitCode> {
  const [{ openRegistrarFolder }, { serverLink }, { lookOnce }, { lookAtRecord }, { smtpTransport }, { randomBytes }] =
    await Promise.all([
      import('./registrar/folder.ts'),
      import('./registrar/server-link.ts'),
      import('./registrar/round.ts'),
      import('./registrar/on-record.ts'),
      import('#lib/platform/mail/transport.ts'),
      import('node:crypto'),
    ])
  const opened = await openRegistrarFolder(folder)
  if (opened.kind === 'fail') return failed(io, command, opened.error)
  const transport = smtpTransport(smtp, { name: '', address: from })
  const until = new AbortController()
  let said = ''
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      until.abort()
    })
  const link = serverLink(server, opened.value.privateKey)
  const desk: Desk = {
    folder: opened.value,
    server: link,
    address: server,
    halted: new Set(),
    onRecord: async (decision, codes) => {
      const served = await link.dossier(decision)
      return served.kind === 'ok' ? ok(await lookAtRecord(opened.value, served.value, decision, codes)) : served
    },
    transport,
    random: (n: number) => new Uint8Array(randomBytes(n)),
    now: Date.now,
    // The same trouble at every look is said once.
    say: (sentence: string) => {
      if (sentence !== said) io.err(`${sentence}\n`)
      said = sentence
    },
  }
  io.out(`registrar for ${server}\n`)
  let reached = await lookOnce(desk)
  while (!once) {
    // A signal cuts the pause short, or lets none begin.
    const stopped = await setTimeout(everyMs, false, { signal: until.signal }).catch(() => true)
    if (stopped) break
    reached = await lookOnce(desk)
  }
  transport.close()
  await opened.value.close()
  return once && !reached ? 1 : 0
}
