import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { readForm } from '#lib/platform/forms.ts'
import { problem } from '#lib/platform/problem.ts'
import { localPath } from '#lib/platform/sessions.ts'
import type { RequestHandler } from './$types'

const form = z.object({ language: z.enum(['en', 'cy']), back: z.string().optional() })
const yearSeconds = 31_536_000

/** Remembers the reader's language for a year. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const read = await readForm(request, form)
  if (read.kind === 'fail') return problem({ status: 422, title: 'Choose en or cy.' })
  cookies.set('lang', read.value.language, {
    path: '/',
    maxAge: yearSeconds,
    sameSite: 'lax',
    httpOnly: true,
    secure: url.protocol === 'https:',
  })
  redirect(303, localPath(read.value.back))
}
