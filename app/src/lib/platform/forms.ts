import { error } from '@sveltejs/kit'
import { fail, ok, type Result } from '@quorate/kernel'
import type { z } from 'zod'
import type { FieldFault } from './field.ts'

export type { FieldFault } from './field.ts'

// PostgreSQL's text holds no NUL, and no one types one.
const unreadable = (value: FormDataEntryValue): boolean => typeof value === 'string' && value.includes('\0')

const faultsOf = (issues: readonly z.core.$ZodIssue[]): readonly FieldFault[] =>
  issues.map((issue) => ({ field: String(issue.path[0] ?? ''), message: issue.message }))

/**
 * Reads a posted form by a schema. A body that is no form is a 400, one that is too large a 413; fields that do not fit come back as
 * faults, for the page to show beside the controls with status 422. A name that occurs more than once, or ends in `[]`, is a list.
 */
export async function readForm<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Result<z.output<S>, readonly FieldFault[]>> {
  let form: FormData
  try {
    form = await request.formData()
  } catch (cause) {
    const status: unknown = typeof cause === 'object' && cause !== null && 'status' in cause ? cause.status : null
    if (status === 413) error(413, 'The form is too large.')
    error(400, 'The form cannot be read.')
  }
  const fields: Record<string, FormDataEntryValue | FormDataEntryValue[]> = {}
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name)
    if (name.includes('\0') || values.some(unreadable)) error(400, 'The form holds a character that cannot be read.')
    const [first] = values
    if (name.endsWith('[]')) fields[name.slice(0, -2)] = values
    else if (first !== undefined) fields[name] = values.length === 1 ? first : values
  }
  const read = schema.safeParse(fields)
  return read.success ? ok(read.data) : fail(faultsOf(read.error.issues))
}

/** Reads the query string by a schema; what does not fit is a 422 with its sentence. */
export function readQuery<S extends z.ZodType>(url: URL, schema: S): z.output<S> {
  const read = schema.safeParse(Object.fromEntries(url.searchParams))
  if (read.success) return read.data
  const [first] = faultsOf(read.error.issues)
  error(422, `The address asks for something that is not right: ${first?.field ?? ''}. ${first?.message ?? ''}`)
}

/** Reads route parameters by a schema; what does not fit cannot name anything, so it is a 404. */
export function readParams<S extends z.ZodType>(params: unknown, schema: S): z.output<S> {
  const read = schema.safeParse(params)
  if (!read.success) error(404, 'There is nothing here.')
  return read.data
}

/** Reads a JSON body by a schema: 400 when it is no JSON, 422 with the first fault when it does not fit. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  let body: unknown
  try {
    body = await request.json()
  } catch (cause) {
    const status: unknown = typeof cause === 'object' && cause !== null && 'status' in cause ? cause.status : null
    if (status === 413) error(413, 'The request is too large.')
    error(400, 'The body is not JSON.')
  }
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  error(422, `${issue === undefined ? 'body' : issue.path.join('.') || 'body'}: ${issue?.message ?? 'does not fit'}`)
}
