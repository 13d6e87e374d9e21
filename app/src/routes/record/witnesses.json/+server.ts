import { recordHealth } from '#lib/features/record/index.ts'
import type { RequestHandler } from './$types'
import { healthData } from '../witnesses/health.ts'

/** Checkpoints and witnesses as data. */
export const GET: RequestHandler = async ({ locals }) => Response.json(healthData(await recordHealth(locals)))
