import { fail, ok, type Result } from '@quorate/kernel'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const webAddress = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin)

// `name+id+base64 https://…`, any number of them; each word is bounded by a blank, so that this is linear.
const witnesses = /^\s*(?:[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+\s+https?:\/\/\S+(?:\s+|$))*$/

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'an address of the form postgres://user@host:port/name'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  QUORATE_PUBLIC_ADDRESS: webAddress.optional(),
  QUORATE_DATA: z.string().min(1).default('data'),
  QUORATE_DEMO: z.enum(['on', 'off']).default('on'),
  QUORATE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  QUORATE_WITNESSES: z.string().max(10_000).regex(witnesses, 'KEY ADDRESS for each witness, separated by blanks').default(''),
  QUORATE_REGISTRAR: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, 'the public key that `quorate registrar --new` prints')
    .optional(),
  QUORATE_MAIL_FROM: z.email().default('no-reply@lantern.example'),
})

/** What the operator decides, read once from the environment. */
export type Settings = {
  readonly databaseUrl: string
  /** Origin under which members reach us, such as `https://lantern.example`: the base of every link in a mail. */
  readonly publicAddress: string
  /** Folder for what is not in the database: record tiles, dossiers. */
  readonly dataFolder: string
  /** Whether an empty database is filled with the demonstration. Says nothing about a filled one: that is a row. */
  readonly demoWhenEmpty: boolean
  /** The operator's mail server; null in a demonstration, which has its own. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  /** Witnesses of the public record: `KEY ADDRESS` of each, separated by blanks; empty for none. */
  readonly witnesses: string
  /** Public key of the registrar's own program, for the ballots to come; without one the server is the registrar (single-operator mode). */
  readonly registrarKey?: string
}

/** Reads the environment. The error is one sentence that names each variable at fault. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Result<Settings, string> {
  const read = schema.safeParse(env)
  if (!read.success)
    return fail(`settings: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`)
  const s = read.data
  const host = s.HOST === '0.0.0.0' || s.HOST === '::' ? 'localhost' : s.HOST.includes(':') ? `[${s.HOST}]` : s.HOST
  return ok({
    databaseUrl: s.DATABASE_URL,
    publicAddress: s.QUORATE_PUBLIC_ADDRESS ?? `http://${host}:${s.PORT}`,
    dataFolder: s.QUORATE_DATA,
    demoWhenEmpty: s.QUORATE_DEMO === 'on',
    smtpUrl: s.QUORATE_SMTP_URL ?? null,
    mailFrom: s.QUORATE_MAIL_FROM,
    witnesses: s.QUORATE_WITNESSES,
    ...(s.QUORATE_REGISTRAR === undefined ? {} : { registrarKey: s.QUORATE_REGISTRAR }),
  })
}
