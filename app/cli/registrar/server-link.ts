import { fail, instant, ok, type Result } from '@quorate/kernel'
import type { RegistrarWork } from '#lib/features/elections/words.ts'
import { signatureHeader } from '#lib/platform/signed-request.ts'

/** Why the server gave nothing: it could not be reached, or it refused. Either way the program tries again at its next look. */
export type LinkFault = string

/** The registrar's side of its talk with the server. No voting code ever goes through here. */
export type ServerLink = {
  readonly work: () => Promise<Result<RegistrarWork, LinkFault>>
  readonly publish: (
    uuid: string,
    lists: { readonly roll: string; readonly binds: string; readonly signature: string },
  ) => Promise<Result<null, LinkFault>>
  /** The dossier of a decision as anybody is served it: not asked for with the registrar's key. */
  readonly dossier: (decision: number) => Promise<Result<Uint8Array, LinkFault>>
  readonly report: (
    uuid: string,
    figures: {
      readonly total: number
      readonly sent: number
      readonly bounced: number
      readonly answered: readonly { readonly leaf: string; readonly number: number }[]
    },
  ) => Promise<Result<null, LinkFault>>
}

/** Talks to the server at `address`, each request signed with the registrar's key. */
export function serverLink(address: string, privateKey: string): ServerLink {
  async function ask(method: 'GET' | 'POST', path: string, content?: unknown): Promise<Result<unknown, LinkFault>> {
    const body = content === undefined ? '' : JSON.stringify(content)
    const authorization = signatureHeader({ method, path, body }, privateKey, instant(Date.now()))
    try {
      const answer = await fetch(`${address}${path}`, {
        method,
        headers: { authorization, accept: 'application/json', ...(body === '' ? {} : { 'content-type': 'application/json' }) },
        redirect: 'error',
        signal: AbortSignal.timeout(60_000),
        ...(body === '' ? {} : { body }),
      })
      const said: unknown = await answer.json()
      return answer.ok ? ok(said) : fail(`the server refused (${String(answer.status)}): ${JSON.stringify(said).slice(0, 300)}`)
    } catch (error) {
      return fail(`the server did not answer: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const done = async (asked: Promise<Result<unknown, LinkFault>>): Promise<Result<null, LinkFault>> => {
    const answer = await asked
    return answer.kind === 'ok' ? ok(null) : answer
  }
  return {
    work: async () => {
      const answer = await ask('GET', '/api/registrar')
      // The server and this program are of one release; every part that matters is checked against the frozen roll.
      return answer.kind === 'ok' ? ok(answer.value as RegistrarWork) : answer
    },
    publish: (uuid, lists) => done(ask('POST', `/api/registrar/${uuid}/codes`, lists)),
    dossier: async (decision) => {
      try {
        const answer = await fetch(`${address}/d/${String(decision)}/dossier.json`, {
          redirect: 'error',
          signal: AbortSignal.timeout(600_000),
        })
        if (!answer.ok) return fail(`the server gave no dossier (${String(answer.status)})`)
        return ok(new Uint8Array(await answer.arrayBuffer()))
      } catch (error) {
        return fail(`the server gave no dossier: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    report: (uuid, figures) => done(ask('POST', `/api/registrar/${uuid}/mailing`, figures)),
  }
}
