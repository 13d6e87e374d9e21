import { parseTrusteeTask, trusteeAnswerFile, type TrusteePost } from '@quorate/ballots'
import { fail, ok, type Result } from '@quorate/kernel'
import type { World } from './http.ts'
import { type TaskServer, taskServer } from './task-world.ts'
import type { TrusteeNews, TrusteeOrder } from './trustee-state.ts'
import { type TrusteeDesk, trusteeDesk } from './trustee-worker.ts'

/** Why a task was not taken up. Whatever was there before it stays. */
export type TaskFault = 'not a task' | 'an answer' | 'of a later version' | 'damaged' | 'other ballot' | 'older' | 'no trustee'

/** The desk of the trustees' program on a disk. */
export type TaskDesk = TrusteeDesk & {
  /** Takes up a task, for which an order to sit down comes next. `keyFile` is the key that is held, if any. */
  readonly bring: (text: string, keyFile: string | null) => TaskFault | null
  /** Text of the answer file to be carried back, null while there is nothing to carry. */
  readonly answer: () => string | null
  /** The election of the task. */
  readonly uuid: () => string | null
}

type Sitting = { readonly uuid: string; readonly at: number; readonly server: TaskServer; readonly desk: TrusteeDesk }

/**
 * A box is opened on what stands on the record, and a shuffle that is still to be carried there does not: the trustee waits, where the page would go on to
 * open. Otherwise two openings over two shuffles of one box could leave this device.
 */
function onRecord(news: TrusteeNews, posts: readonly TrusteePost[]): TrusteeNews {
  const carried = posts.some(({ kind }) => kind === 'shuffle')
  return news.kind === 'table' && news.table.stage === 'to-open' && carried
    ? { ...news, table: { ...news.table, stage: 'shuffled' } }
    : news
}

/** Sets up the desk: `world` without its `fetch`, for a program that asks nobody. */
export function taskDesk(world: Omit<World, 'fetch' | 'origin'>, tell: (news: TrusteeNews) => void): TaskDesk {
  let sitting: Sitting | null = null

  function begun(text: string, keyFile: string | null): Result<Sitting, TaskFault> {
    const task = parseTrusteeTask(text)
    if (task.kind === 'fail')
      return fail(
        task.error !== 'another kind of file'
          ? task.error
          : text.includes('"quorate/trustee-answer/')
            ? 'an answer'
            : 'not a task',
      )
    const { uuid, at } = task.value
    // A key is of one election: that of another one is not put away for it by mistake.
    if (keyFile !== null && sitting !== null && sitting.uuid !== uuid) return fail('other ballot')
    if (sitting !== null && sitting.uuid === uuid && at < sitting.at) return fail('older')
    const server = taskServer(task.value)
    if (server.kind === 'fail') return fail('damaged')
    if (server.value.index === null) return fail('no trustee')
    const { fetch, posts } = server.value
    const desk = trusteeDesk({ ...world, origin: 'file://task', fetch }, (news) => tell(onRecord(news, posts())))
    return ok({ uuid, at, server: server.value, desk })
  }

  return {
    bring: (text, keyFile) => {
      const next = begun(text, keyFile)
      if (next.kind === 'fail') return next.error
      sitting = next.value
      return null
    },
    take: async (order: TrusteeOrder) => sitting?.desk.take(order),
    answer: () => {
      if (sitting === null) return null
      const { uuid, server } = sitting
      const posts = server.posts()
      return server.index === null || posts.length === 0 ? null : trusteeAnswerFile({ uuid, index: server.index, posts })
    },
    uuid: () => sitting?.uuid ?? null,
  }
}
